package dev.oriel.agent.api.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.SocketAgent;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a whole agent reads from the prompt cache, as `usage` says it.
class PromptCacheSocketTest {
    /// The tools and the system prompt have more.
    private static final int START = 1024;

    @TempDir Path temp;
    private FakeMessagesApi api;
    private SocketAgent agent;

    @BeforeEach
    void begin() throws Exception {
        api =
                FakeMessagesApi.start()
                        .strict()
                        .countingCache()
                        .models("claude-opus-5-5", "claude-sonnet-5-5");
        agent = new SocketAgent(api, temp);
    }

    @AfterEach
    void end() {
        agent.close();
        api.close();
    }

    @Test
    void eachRequestReadsWhatTheOneBeforeHasStored() {
        turn("first", 3);
        turn("second", 2);
        turn("third", 0);
        assertThat(api.problems()).isEmpty();
        List<JsonNode> usages = usages();
        assertThat(usages).hasSize(8);
        assertThat(read(usages.getFirst())).isZero();
        assertThat(written(usages.getFirst())).isGreaterThan(START);
        readsAll(usages);
        // The sum of the turn is that of its requests.
        JsonNode sum = agent.run().events.messages("result").getFirst().tree().path("usage");
        assertThat(read(sum)).isEqualTo(usages.subList(0, 4).stream().mapToInt(this::read).sum());
        assertThat(written(sum))
                .isEqualTo(usages.subList(0, 4).stream().mapToInt(this::written).sum());
    }

    @Test
    void manyCallsInOneAnswerAreReadInTheNext() {
        FakeReply many = FakeReply.text("I read");
        for (int i = 0; i < 30; i++) {
            many.andToolUse("Read", input(i));
        }
        api.enqueue(many, FakeReply.text("Read"), FakeReply.text("Yes"));
        agent.turn("read it");
        agent.turn("sure?");
        assertThat(api.problems()).isEmpty();
        readsAll(usages());
    }

    @Test
    void aResumedConversationReadsWhatWasStored() throws Exception {
        turn("first", 2);
        ofEarlierAgents.addAll(usages());
        agent.resume();
        turn("second", 1);
        assertThat(api.problems()).isEmpty();
        List<JsonNode> usages = all();
        assertThat(usages).hasSize(5);
        readsAll(usages);
    }

    @Test
    void afterAChangeOfTheModelTheNewOneReadsItsOwn() {
        turn("first", 1);
        agent.run()
                .control(
                        Json.object()
                                .put("subtype", "set_model")
                                .put("model", "claude-sonnet-5-5"));
        turn("second", 2);
        List<JsonNode> usages = usages();
        assertThat(read(usages.get(2))).isZero();
        readsAll(usages.subList(2, usages.size()));
        assertThat(api.problems()).isEmpty();
    }

    /// Each request reads everything that those before have stored, so that only what is new is
    /// written, and nearly nothing is paid in full.
    private void readsAll(List<JsonNode> usages) {
        for (int i = 1; i < usages.size(); i++) {
            JsonNode before = usages.get(i - 1);
            assertThat(read(usages.get(i)))
                    .as("request %d of %s", i, usages)
                    .isEqualTo(read(before) + written(before));
            assertThat(usages.get(i).path("input_tokens").asInt()).isLessThan(10);
        }
    }

    private void turn(String prompt, int calls) {
        for (int i = 0; i < calls; i++) {
            api.enqueue(FakeReply.thinking("Hm.").andText("Now " + i).andToolUse("Read", input(i)));
        }
        api.enqueue(FakeReply.text("Done"));
        JsonNode result = agent.turn(prompt);
        assertThat(result.path("result").asText()).as(result.toString()).isEqualTo("Done");
    }

    private String input(int offset) {
        return Json.object()
                .put("file_path", agent.folder.resolve("kept.txt").toString())
                .put("offset", offset % 2 + 1)
                .toString();
    }

    private final List<JsonNode> ofEarlierAgents = new ArrayList<>();

    /// The usage of each request of the running agent.
    private List<JsonNode> usages() {
        return agent.run().events.messages("stream_event").stream()
                .map(m -> m.tree().path("event"))
                .filter(e -> e.path("type").asText().equals("message_start"))
                .map(e -> e.path("message").path("usage"))
                .toList();
    }

    private List<JsonNode> all() {
        List<JsonNode> all = new ArrayList<>(ofEarlierAgents);
        all.addAll(usages());
        return all;
    }

    private int read(JsonNode usage) {
        return usage.path("cache_read_input_tokens").asInt();
    }

    private int written(JsonNode usage) {
        return usage.path("cache_creation_input_tokens").asInt();
    }
}
