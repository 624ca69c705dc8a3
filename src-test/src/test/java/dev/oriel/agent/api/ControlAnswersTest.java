package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.FakeTool;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Control requests, at rest and in mid-turn.
class ControlAnswersTest {
    @TempDir Path folder;
    private ScriptedApiAgent agent;

    @BeforeEach
    void create() {
        agent = new ScriptedApiAgent(folder);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void initializeTellsWhatTheAgentCanDo() {
        agent.start();
        JsonNode reply = agent.control("initialize").path("response");
        assertThat(reply.path("commands").valueStream().map(c -> c.path("name").asText()))
                .containsExactly("clear", "compact", "context", "cost", "model");
        assertThat(reply.path("models").path(0).path("value").asText()).isEqualTo("test-model");
        assertThat(reply.path("current_permission_mode").asText()).isEqualTo("default");
        assertThat(reply.path("session_state").asText()).isEqualTo("idle");
    }

    @Test
    void requestsAreAnsweredInMidTurn() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        agent.tools.add(FakeTool.writing("Run", FakeTool.blocking(started)));
        agent.api.call("toolu_1", "Run", FakeTool.input("x"));
        agent.start();
        agent.prompt("hi");
        started.await();
        assertThat(agent.control("initialize").path("response").path("session_state").asText())
                .isEqualTo("running");
        ObjectNode mode = agent.control(mode("acceptEdits"));
        assertThat(mode.path("response").path("mode").asText()).isEqualTo("acceptEdits");
        agent.events.awaitMessage(m ->
                m.tree().path("permissionMode").asText().equals("acceptEdits")
                        && "status".equals(m.subtype()));
        agent.control("interrupt");
        agent.events.awaitResult(1);
    }

    @Test
    void whatCannotBeDoneIsAnError() {
        agent.start();
        ObjectNode unknown = agent.control("fly");
        assertThat(unknown.path("subtype").asText()).isEqualTo("error");
        assertThat(unknown.path("error").asText())
                .isEqualTo("Unsupported control request subtype: fly");
        assertThat(unknown.path("error_code").asText()).isEqualTo("unsupported_request");
        assertThat(agent.control(mode("bypassPermissions")).path("error_code").asText())
                .isEqualTo("bypass_not_launched");
        assertThat(agent.control(mode("nonsense")).path("error_code").asText())
                .isEqualTo("invalid_mode");
        ObjectNode model =
                agent.control(Json.object().put("subtype", "set_model").put("model", "nonsense"));
        assertThat(model.path("error").asText()).isEqualTo("Model 'nonsense' not found");
    }

    @Test
    void theUsageAndTheStateAreTold() {
        agent.api.text("Hello");
        agent.start();
        agent.prompt("hi");
        agent.events.awaitResult(1);
        JsonNode usage = agent.control("get_usage").path("response").path("session");
        assertThat(usage.path("total_cost_usd").asDouble()).isPositive();
        assertThat(usage.path("model_usage").path("test-model").path("outputTokens").asInt())
                .isEqualTo(7);
        assertThat(agent.control("get_session_cost").path("response").path("text").asText())
                .startsWith("Estimated cost: $");
        assertThat(agent.control("get_status").toString()).contains("127.0.0.1", "One");
        assertThat(agent.control("get_plan").path("response").path("exists").asBoolean()).isFalse();
    }

    @Test
    void aServerThatCountsNoTokensWorksWithEstimates() {
        agent.summarizes = true;
        agent.api.then(uncounted("One")).then(uncounted("<summary>About x.</summary>"));
        agent.api.then(uncounted("Two"));
        agent.start();
        agent.prompt("x".repeat(350_000));
        JsonNode first = agent.events.awaitResult(1);
        assertThat(first.path("result").asText()).isEqualTo("One");
        assertThat(first.path("usage").path("input_tokens").asInt()).isBetween(90_000, 110_000);
        assertThat(first.path("modelUsage").path("test-model").path("inputTokens").isInt())
                .isTrue();
        JsonNode context = agent.control("get_context_usage").path("response");
        assertThat(context.path("totalTokens").asInt()).isBetween(90_000, 110_000);

        agent.prompt("y".repeat(350_000)); // together they are too long for the model
        assertThat(agent.events.awaitResult(2).path("result").asText()).isEqualTo("Two");
        JsonNode boundary =
                agent.events.awaitMessage(m -> "compact_boundary".equals(m.subtype())).tree();
        assertThat(boundary.path("compact_metadata").path("pre_tokens").asInt())
                .isGreaterThan(190_000);
        StringBuilder last = new StringBuilder();
        agent.api
                .requests()
                .getLast()
                .messages()
                .forEach(m -> last.append(ScriptedApiAgent.parse(m)));
        assertThat(last).contains("About x.", "yyyy").doesNotContain("xxxx");
        assertThat(agent.control("get_context_usage").path("response").path("totalTokens").asInt())
                .isBetween(90_000, 110_000);
    }

    /// A response without any `usage`.
    private static ObjectNode[] uncounted(String text) {
        ObjectNode[] events =
                FakeApi.response("end_turn", Json.object().put("type", "text").put("text", text));
        for (ObjectNode event : events) {
            event.remove("usage");
            if (event.path("message") instanceof ObjectNode message) {
                message.remove("usage");
            }
        }
        return events;
    }

    private static ObjectNode mode(String mode) {
        return Json.object().put("subtype", "set_permission_mode").put("mode", mode);
    }
}
