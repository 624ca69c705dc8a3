package dev.oriel.agent.api.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.agent.api.SocketAgent;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.LocalServerRefusals;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Servers that lack what Anthropic's has, with a whole agent: what they lack is found, said once,
/// and left out from then on.
class LocalServersSocketTest {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
                + "rkJggg==";

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

    @ParameterizedTest
    @CsvSource({
        "OLLAMA,5,'not think before,no tools,no images'",
        "LLAMA_CPP,4,'no tools,no images'",
        "VLLM,4,'no tools,no images'",
        "DEEPSEEK,3,'no images'",
        "OLD_GATEWAY,4,'not think before'",
    })
    void whatAServerLacksIsFoundAndSaidOnce(LocalServerRefusals server, int requests, String said)
            throws Exception {
        api.refusing(server);
        api.enqueue(FakeReply.text("I see nothing"), FakeReply.text("Hello"));
        agent.run().send(withImage());
        assertThat(agent.run().finish().path("result").asText()).isEqualTo("I see nothing");
        assertThat(agent.turn("hi").path("result").asText()).isEqualTo("Hello");
        assertThat(api.requests()).hasSize(requests);
        assertThat(api.problems()).isEmpty();
        List<String> notices = notices();
        String[] words = said.split(",");
        assertThat(notices).hasSize(words.length);
        for (String word : words) {
            assertThat(notices).filteredOn(n -> n.contains(word)).hasSize(1);
        }
        assertThat(agent.report()).isEmpty();
        assertThat(agent.pauses).isEmpty();
        agent.filesAreUntouched();
    }

    @Test
    void aServerThatCountsNoTokensHasEstimates() throws Exception {
        api.enqueue(
                SocketAgent.bash("cat kept.txt").withoutUsage(),
                FakeReply.text("A text of some length, which has about ten tokens").withoutUsage(),
                FakeReply.text("Hello").withoutUsage());
        JsonNode usage = agent.turn("read it").path("usage");
        assertThat(usage.path("input_tokens").asInt()).isGreaterThan(1000);
        assertThat(usage.path("output_tokens").asInt()).isBetween(15, 60);
        assertThat(usage.path("estimated").asBoolean()).isTrue();
        agent.turn("hi");
        assertThat(notices()).hasSize(1).first().asString().contains("estimated");
        api.enqueue(FakeReply.text("Counted"));
        JsonNode counted = agent.turn("hi").path("usage");
        assertThat(counted.path("input_tokens").asInt()).isEqualTo(11);
        assertThat(counted.has("estimated")).isFalse();
    }

    /// A local model has a small window: the server says so, and the conversation is summarized.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    400 | exceed_context_size_error | the request exceeds the available context size
                    400 | BadRequestError | This model's maximum context length is 8192 tokens
                    500 | api_error | the prompt is longer than the context length of the model
                    """)
    void aConversationThatIsTooLongIsSummarized(int status, String type, String words) {
        api.enqueue(
                FakeReply.text("One"),
                FakeReply.failure(status, type, words),
                FakeReply.text("<summary>They greeted each other.</summary>"),
                FakeReply.text("Two"));
        agent.turn("hi");
        assertThat(agent.turn("hi again").path("result").asText()).isEqualTo("Two");
        assertThat(api.requests()).hasSize(4);
        assertThat(api.requests().getLast().body().path("messages").toString())
                .contains("They greeted each other.");
        assertThat(api.problems()).isEmpty();
    }

    @Test
    void aServerWithoutTheMessagesApiIsSaidToBeThat() throws Exception {
        api.refusing(_ -> FakeReply.page(404, "text/plain", "404 page not found"));
        assertThat(agent.turn("hi").path("is_error").asBoolean()).isTrue();
        assertThat(agent.report()).contains("does not know the address (HTTP 404)");
        assertThat(agent.errorName()).isEqualTo("invalid_request");
        agent.goesOn();
    }

    private static JsonNode withImage() {
        ArrayNode content = Json.mapper().createArrayNode();
        content.addObject().put("type", "text").put("text", "What do you see?");
        content.addObject()
                .put("type", "image")
                .putObject("source")
                .put("type", "base64")
                .put("media_type", "image/png")
                .put("data", PIXEL);
        return content;
    }

    private List<String> notices() {
        return agent.run().events.messages("system").stream()
                .filter(m -> "informational".equals(m.subtype()))
                .map(m -> m.tree().path("content").asText())
                .toList();
    }
}
