package dev.oriel.agent.api.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.SocketAgent;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers of the model that are not as they should be, with a whole agent and a server that checks
/// what it is sent.
class OddAnswersSocketTest {
    @TempDir Path temp;
    private FakeMessagesApi api;
    private SocketAgent agent;

    @BeforeEach
    void begin() throws Exception {
        api = FakeMessagesApi.start().strict();
        agent = new SocketAgent(api, temp);
    }

    @AfterEach
    void end() {
        agent.close();
        api.close();
    }

    @Test
    void aHundredCallsInOneAnswer() throws Exception {
        FakeReply many = FakeReply.text("All at once");
        for (int i = 0; i < 100; i++) {
            many.andToolUse(
                    "Read",
                    "{\"file_path\":\""
                            + agent.folder.resolve("kept.txt")
                            + "\",\"limit\":"
                            + (i + 1)
                            + "}");
        }
        api.enqueue(many, FakeReply.text("Done"));
        assertThat(agent.turn("read it").path("result").asText()).isEqualTo("Done");
        assertThat(agent.run().toolResults()).hasSize(100).allMatch(r -> r.contains("one"));
        JsonNode sent = api.requests().getLast().body().path("messages");
        List<String> calls = ids(sent.path(1), "id");
        assertThat(calls).hasSize(100).doesNotHaveDuplicates();
        assertThat(ids(sent.path(2), "tool_use_id")).isEqualTo(calls);
        assertThat(api.problems()).isEmpty();
        agent.filesAreUntouched();
        agent.goesOn();
    }

    @Test
    void theSameCallWithoutEndIsEnded() throws Exception {
        api.replyTo(_ -> SocketAgent.bash("cat kept.txt"));
        JsonNode result = agent.turn("read it");
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(agent.report()).contains("repeated the same tool call");
        assertThat(api.requests()).hasSize(10);
        assertThat(api.requests().getLast().lastUserText()).doesNotContain("kept.txt\"");
        assertThat(api.problems()).isEmpty();
        agent.goesOn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\":\"cat",
                "not json",
                "[1,2]",
                "\"text\"",
                "{\"command\":\"ls\"}}",
                "{\"command\":5}",
                "{}",
                "{\"command\":\"\\ud800\"}"
            })
    void anInputThatIsBroken(String input) throws Exception {
        api.enqueue(FakeReply.toolUse("Bash", input), FakeReply.text("Sorry"));
        assertThat(agent.turn("go").path("result").asText()).isEqualTo("Sorry");
        assertThat(agent.run().toolResults()).singleElement().asString().isNotBlank();
        JsonNode told = api.requests().getLast().body().path("messages").path(2).path("content");
        assertThat(told.path(0).path("is_error").asBoolean()).isTrue();
        assertThat(api.problems()).isEmpty();
        agent.filesAreUntouched();
        agent.goesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchTool", "bash", "mcp__gone__tool", "a b/c", "Bäsh"})
    void aToolThatDoesNotExist(String tool) throws Exception {
        api.enqueue(FakeReply.toolUse(tool, "{\"x\":1}"), FakeReply.text("Sorry"));
        assertThat(agent.turn("go").path("result").asText()).isEqualTo("Sorry");
        assertThat(agent.run().toolResults()).singleElement().asString().contains(tool);
        assertThat(api.problems()).isEmpty();
        agent.filesAreUntouched();
        agent.goesOn();
    }

    @ParameterizedTest
    @CsvSource({
        "max_tokens,4,true",
        "model_context_window_exceeded,4,true",
        "refusal,2,true",
        "pause_turn,11,true",
        "stop_sequence,1,false",
        "from_the_future,1,false"
    })
    void aReasonThatRepeats(String reason, int requests, boolean isError) throws Exception {
        api.replyTo(_ -> FakeReply.text("Part").stopping(reason));
        JsonNode result = agent.turn("go");
        assertThat(result.path("is_error").asBoolean()).as(result.toString()).isEqualTo(isError);
        assertThat(api.requests()).hasSize(requests);
        assertThat(api.problems()).isEmpty();
        agent.goesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "\u200b", "ends with spaces   "})
    void aTextThatTheApiWouldRefuse(String text) throws Exception {
        api.enqueue(FakeReply.text(text));
        agent.turn("go");
        api.enqueue(FakeReply.thinking("Only thinking"));
        agent.turn("go on");
        agent.goesOn();
    }

    private static List<String> ids(JsonNode message, String member) {
        return message.path("content").findValuesAsText(member);
    }
}
