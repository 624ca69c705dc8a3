package dev.oriel.agent.api.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.SocketAgent;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The model's earlier thinking, with a server that accepts it only after what it was thought
/// after.
class PastThinkingSocketTest {
    @TempDir Path temp;
    private FakeMessagesApi api;
    private SocketAgent agent;

    @BeforeEach
    void begin() throws Exception {
        api = FakeMessagesApi.start().strict().bindingThinking();
        agent = new SocketAgent(api, temp);
    }

    @AfterEach
    void end() {
        agent.close();
        api.close();
    }

    private void thinkAndCall() {
        api.enqueue(
                FakeReply.thinking("Hm, ", "so.")
                        .andToolUse("Bash", "{\"command\":\"cat kept.txt\"}"),
                FakeReply.thinking("").andText("Read"));
        assertThat(agent.turn("read it").path("result").asText()).isEqualTo("Read");
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void itIsSentBackUnchangedAlsoIfItsTextIsEmpty() {
        thinkAndCall();
        api.enqueue(FakeReply.text("Yes"));
        assertThat(agent.turn("sure?").path("result").asText()).isEqualTo("Yes");
        assertThat(api.requests()).hasSize(3);
        assertThat(thinking(api.requests().getLast())).isEqualTo(2);
        assertThat(api.problems()).isEmpty();
    }

    @Test
    void aConversationWhosePromptHasChangedGoesOnWithoutIt() throws Exception {
        thinkAndCall();
        Files.writeString(agent.folder.resolve("CLAUDE.md"), "Speak of pears.");
        agent.resume();
        api.enqueue(FakeReply.thinking("New").andText("Yes"), FakeReply.text("Again"));
        assertThat(agent.turn("sure?").path("result").asText()).isEqualTo("Yes");
        assertThat(agent.turn("and?").path("result").asText()).isEqualTo("Again");
        // One request was refused, and none after it.
        assertThat(api.requests()).hasSize(5);
        assertThat(thinking(api.requests().get(3))).isZero();
        assertThat(api.requests().get(3).body().path("messages").toString())
                .contains("tool_use", "tool_result", "Read", "sure?");
        assertThat(agent.report()).isEmpty();
        assertThat(api.problems()).isEmpty();
    }

    @Test
    void newModelsAreAskedForTheTextOfTheirThinking() {
        api.enqueue(FakeReply.text("Hello"));
        agent.turn("hi");
        JsonNode thinking = api.requests().getFirst().body().path("thinking");
        assertThat(thinking.toString())
                .isEqualTo("{\"type\":\"adaptive\",\"display\":\"summarized\"}");
    }

    @Test
    void aGatewayThatDoesNotKnowTheDisplayIsAskedWithoutIt() {
        api.refusing(r ->
                r.body().path("thinking").has("display")
                        ? FakeReply.failure(
                                400,
                                "invalid_request_error",
                                "thinking.adaptive.display: Extra inputs are not permitted")
                        : null);
        api.enqueue(FakeReply.text("Hello"), FakeReply.text("Again"));
        assertThat(agent.turn("hi").path("result").asText()).isEqualTo("Hello");
        assertThat(agent.turn("hi").path("result").asText()).isEqualTo("Again");
        assertThat(api.requests()).hasSize(3);
        assertThat(api.requests().getLast().body().path("thinking").toString())
                .isEqualTo("{\"type\":\"adaptive\"}");
    }

    private static long thinking(FakeMessagesApi.Request request) {
        return request.body().path("messages").findValuesAsText("type").stream()
                .filter("thinking"::equals)
                .count();
    }
}
