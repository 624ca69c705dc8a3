package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Interrupts, input, batches, asks and invalid frames of the enhanced dialect.
class QueryRunnerSocketTest extends EnhancedServerFixture {
    private RunningServer server;
    private NativeClient client;

    @BeforeEach
    void connect() {
        server = start(c -> c);
        client = connect(server);
    }

    @Test
    void anInterruptIsAcknowledgedAndThenOnlyTheCancellationIsReported() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        send(client, "interrupt");
        client.await("interrupt_acknowledged");
        Awaitility.await().until(() -> agent.interrupts() == 1);
        agent.emitText("half a");
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                        + "\"terminal_reason\":\"aborted_streaming\",\"total_cost_usd\":0.5}");
        client.await("query_cancelled");
        assertThat(types(client))
                .containsExactly(
                        "connection_established",
                        "query_start",
                        "system_message",
                        "interrupt_acknowledged",
                        "query_cancelled");
        sendQuery(client, "two");
        agents.awaitAgent(0, 2).emitInit();
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"total_cost_usd\":0.75}");
        client.await("query_end");
        JsonNode result = client.await("result_message").path("data");
        assertThat(result.path("cost_usd").asDouble()).isEqualTo(0.25);
        assertThat(result.path("total_cost_usd").asDouble()).isEqualTo(0.75);
    }

    @Test
    void anInterruptWithoutAQueryIsNotAnswered() {
        send(client, "interrupt");
        awaitHandled(client);
        assertThat(types(client)).containsExactly("connection_established", "pong");
    }

    @Test
    void aSecondInterruptIsNotAnsweredEither() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        send(client, "interrupt");
        send(client, "interrupt");
        awaitHandled(client);
        assertThat(of(client, "interrupt_acknowledged")).hasSize(1);
        agent.emitResult();
        client.await("query_cancelled");
        assertThat(agent.interrupts()).isEqualTo(1);
    }

    @Test
    void aQueryThatWaitsForTheTurnOfAnotherClientIsCancelledToo() throws Exception {
        sendQuery(client, "one");
        agents.awaitAgent(0, 1).emitResult();
        client.await("query_end");
        NativeClient window = closing(server.subscribe(onlySession(), null));
        window.sendPrompt("window");
        ScriptedAgent busy = agentWith("window");
        sendQuery(client, "two");
        window.await(f -> f.path("prompts").toString().contains("two"), "the queued query");
        send(client, "interrupt");
        client.await("query_cancelled");
        assertThat(types(client))
                .endsWith("query_start", "interrupt_acknowledged", "query_cancelled");
        assertThat(busy.interrupts()).as("the other client's turn continues").isZero();
        busy.emitResult();
        window.awaitState("idle");
        assertThat(prompts()).containsExactly("one", "window");
    }

    @Test
    void aQueryThatWaitsForAnAgentIsCancelledToo() throws Exception {
        var oneAgent = new SessionPolicy(Duration.ofMinutes(15), 1, false, null);
        RunningServer small =
                closing(
                        RunningServer.in(
                                Files.createDirectory(folder.resolve("small")),
                                c -> c.withPolicy(oneAgent),
                                agents));
        NativeClient first = connect(small);
        NativeClient second = connect(small);
        sendQuery(first, "one");
        ScriptedAgent busy = agentWith("one");
        sendQuery(second, "two");
        second.await("system_message"); // it says that the query waits
        send(second, "interrupt");
        second.await("query_cancelled");
        assertThat(types(second)).endsWith("interrupt_acknowledged", "query_cancelled");
        busy.emitResult();
        first.await("query_end");
        sendQuery(second, "three");
        agentWith("three").emitResult();
        second.await("query_end");
        assertThat(prompts()).containsExactly("one", "three");
    }

    /// The agent that has received a prompt.
    private ScriptedAgent agentWith(String prompt) {
        return Awaitility.await()
                .until(
                        () ->
                                agents.agents().stream()
                                        .filter(a -> prompts(a).contains(prompt))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /// The prompts that all agents have received.
    private List<String> prompts() {
        return agents.agents().stream().flatMap(a -> prompts(a).stream()).toList();
    }

    private static List<String> prompts(ScriptedAgent agent) {
        return agent.prompts().stream().map(p -> p.tree().at("/message/content").asText()).toList();
    }

    @Test
    void aQueryWhoseTurnAnotherClientInterruptsIsInterrupted() throws Exception {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        NativeClient window = closing(server.subscribe(onlySession(), null));
        window.sendRequest("interrupt", java.util.Map.of());
        Awaitility.await().until(() -> agent.interrupts() == 1);
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                        + "\"terminal_reason\":\"aborted_streaming\"}");
        client.await("query_end");
        assertThat(types(client)).endsWith("result_message", "query_interrupted", "query_end");
    }

    @Test
    void inputReachesTheRunningTurnAndOtherSubscribers() throws Exception {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        NativeClient window = closing(server.subscribe(onlySession(), 0L));
        client.send("{\"type\":\"input\",\"text\":\"and be brief\"}");
        assertThat(client.await("input_acknowledged").toString())
                .isEqualTo(
                        "{\"type\":\"input_acknowledged\",\"data\":{\"text\":\"and be brief\"}}");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        String uuid = agent.midTurnPrompts().getFirst().uuid();
        assertThat(agent.midTurnPrompts().getFirst().tree().at("/message/content").asText())
                .isEqualTo("and be brief");
        JsonNode shown =
                window.await(f -> uuid.equals(f.path("uuid").asText()), "the interjection");
        assertThat(shown.path("seq").asLong()).isPositive();
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"user_message_uuids\":[\""
                        + agent.prompts().getFirst().uuid()
                        + "\",\""
                        + uuid
                        + "\"]}");
        client.await("query_end");
        assertThat(of(client, "result_message")).hasSize(1);
        assertThat(agent.prompts()).hasSize(1);
    }

    @Test
    void theQueryEndsAfterTheTurnThatAnswersItsInput() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        client.send("{\"type\":\"input\",\"text\":\"more\"}");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        String first = agent.prompts().getFirst().uuid();
        String second = agent.midTurnPrompts().getFirst().uuid();
        agent.emit(result(0.25, first));
        assertThat(nth(client, 1, "result_message").at("/data/cost_usd").asDouble())
                .isEqualTo(0.25);
        awaitHandled(client);
        assertThat(of(client, "query_end")).isEmpty();
        sendQuery(client, "too early");
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo(EnhancedFrames.QUERY_IN_PROGRESS);
        emitTurn(agent, "more", result(0.75, second));
        client.await("query_end");
        JsonNode last = nth(client, 2, "result_message").path("data");
        assertThat(last.path("cost_usd").asDouble()).isEqualTo(0.75);
        assertThat(types(client)).endsWith("assistant_message", "result_message", "query_end");
    }

    @Test
    void withAnAgentThatDoesNotNameItsPromptsTheEndIsDelayed() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        client.send("{\"type\":\"input\",\"text\":\"more\"}");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        agent.emitResult();
        agent.emitInit();
        agent.emitText("more");
        agent.emitResult();
        client.await("query_end");
        assertThat(of(client, "result_message")).hasSize(2);
        assertThat(of(client, "query_end")).hasSize(1);
    }

    @Test
    void anInterruptAlsoCancelsDeliveredInput() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        client.send("{\"type\":\"input\",\"text\":\"more\"}");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        send(client, "interrupt");
        Awaitility.await().until(() -> agent.interrupts() == 1);
        assertThat(agent.requests())
                .contains(
                        Json.object()
                                .put("subtype", "cancel_async_message")
                                .put("message_uuid", agent.midTurnPrompts().getFirst().uuid()));
        agent.emitResult();
        client.await("query_cancelled");
    }

    @Test
    void anInterruptBetweenTwoTurnsEndsTheQueryAtOnce() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        client.send("{\"type\":\"input\",\"text\":\"more\"}");
        Awaitility.await().until(() -> agent.midTurnPrompts().size() == 1);
        agent.emit(result(0.25, agent.prompts().getFirst().uuid()));
        client.await("result_message");
        send(client, "interrupt");
        client.await("query_cancelled");
        sendQuery(client, "two");
        emitTurn(agents.awaitAgent(0, 2), "2");
        client.await("query_end");
    }

    @Test
    void inputWithoutAQueryIsKeptForTheNextOne() {
        client.send("{\"type\":\"input\",\"text\":\"be brief\"}");
        client.await("input_acknowledged");
        sendQuery(client, "one");
        assertThat(
                        agents.awaitAgent(0, 1)
                                .prompts()
                                .getFirst()
                                .tree()
                                .at("/message/content")
                                .asText())
                .isEqualTo("be brief\n\none");
    }

    @Test
    void inputWithoutTextIsOnlyAcknowledged() {
        send(client, "input");
        assertThat(client.await("input_acknowledged").at("/data/text").asText()).isEmpty();
        sendQuery(client, "one");
        assertThat(
                        agents.awaitAgent(0, 1)
                                .prompts()
                                .getFirst()
                                .tree()
                                .at("/message/content")
                                .asText())
                .isEqualTo("one");
    }

    @Test
    void tooMuchPendingInputIsRefused() {
        ObjectNode input = Json.object().put("type", "input").put("text", "x".repeat(999_999));
        client.send(input.toString());
        client.await("input_acknowledged");
        client.send("{\"type\":\"input\",\"text\":\"xx\"}");
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo("Too much input waits for a query.");
    }

    @Test
    void aBatchIsHandledInOrderItsQueriesOneAfterTheOther() {
        var batch = Json.object().put("type", "batch");
        batch.putArray("messages")
                .add(Json.object().put("type", "ping"))
                .add(query("one"))
                .add(query("two"))
                .add(Json.object().put("type", "get_tools"))
                .add(query(""));
        client.send(batch.toString());
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        awaitHandled(client);
        sendQuery(client, "between");
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo(EnhancedFrames.QUERY_IN_PROGRESS);
        emitTurn(agent, "1");
        agents.awaitAgent(0, 2);
        emitTurn(agent, "2");
        assertThat(errorOf(nth(client, 2, "error"))).isEqualTo("prompt must not be empty");
        assertThat(types(client).stream().filter(t -> !t.matches("system.*|assistant.*")))
                .containsExactly(
                        "connection_established",
                        "pong",
                        "query_start",
                        "pong",
                        "error",
                        "result_message",
                        "query_end",
                        "query_start",
                        "tools_list",
                        "result_message",
                        "query_end",
                        "error");
        assertThat(agent.prompts().stream().map(p -> p.tree().at("/message/content").asText()))
                .containsExactly("one", "two");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"batch\"}|messages must be an array",
                "{\"type\":\"batch\",\"messages\":{}}|messages must be an array",
                "{\"type\":\"batch\",\"messages\":[1]}|each of messages must be an object",
                "{\"type\":\"batch\",\"messages\":[{\"type\":\"batch\",\"messages\":[]}]}|a batch"
                        + " cannot hold another",
                "{\"type\":\"input\",\"text\":1}|text must be a string",
                "{\"type\":\"get_tools\",\"name\":1}|name must be a string",
                "{\"type\":\"get_tools\",\"limit\":\"x\"}|limit must be a whole number from 0",
                "{\"type\":\"get_tools\",\"limit\":-1}|limit must be a whole number from 0",
                "not json|A frame must be one JSON object: not JSON",
                "[]|A frame must be one JSON object: not a JSON object",
                "\"x\"|A frame must be one JSON object: not a JSON object",
                "{} {}|A frame must be one JSON object: not JSON",
            })
    void anInvalidFrameIsAnErrorAndTheConnectionStaysOpen(String frame, String why) {
        client.send(frame);
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo(why);
        awaitHandled(client);
    }

    @Test
    void aBinaryFrameIsAnErrorAndTheConnectionStaysOpen() {
        client.send(new byte[] {1, 2, 3});
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo("Binary frames are not understood.");
        awaitHandled(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"type\":7}", "{\"type\":\"oauth_login\"}", "{\"type\":\"Query\"}"})
    void unknownFramesAreIgnored(String frame) {
        client.send(frame);
        awaitHandled(client);
        assertThat(types(client)).containsExactly("connection_established", "pong");
    }

    @Test
    void theToolsAreThoseTheAgentHasReported() {
        send(client, "get_tools");
        assertThat(names(nth(client, 1, "tools_list"))).contains("Bash", "Read");
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emit(
                "{\"type\":\"system\",\"subtype\":\"init\",\"tools\":[\"Bash\",\"Glob\",\"mcp__a__b\"]}");
        agent.emitResult();
        client.await("query_end");
        send(client, "get_tools");
        assertThat(names(nth(client, 2, "tools_list")))
                .containsExactly("Bash", "Glob", "mcp__a__b");
        client.send("{\"type\":\"get_tools\",\"name\":\"Glob\"}");
        assertThat(names(nth(client, 3, "tools_list"))).containsExactly("Glob");
        client.send("{\"type\":\"get_tools\",\"limit\":2}");
        assertThat(names(nth(client, 4, "tools_list"))).containsExactly("Bash", "Glob");
        assertThat(nth(client, 4, "tools_list").at("/data/source").asText()).isEqualTo("default");
    }

    @Test
    void anAskThatNoClientCanAnswerIsDeniedWithAReason() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitAsk("r1", "Bash", "{\"command\":\"ls\"}");
        Awaitility.await().until(() -> agent.responses().size() == 1);
        JsonNode answer = agent.responses().getFirst().tree().at("/response/response");
        assertThat(answer.path("behavior").asText()).isEqualTo("deny");
        assertThat(answer.path("message").asText()).contains("nobody");
    }

    @Test
    void anAskIsSentToTheWindowIfOneIsOpen() throws Exception {
        NativeClient feed = connect(server, "/v1/feed");
        feed.await("sessions");
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        NativeClient window = closing(server.subscribe(onlySession(), null));
        window.awaitState("running");
        agent.emitAsk("r1", "Bash", "{\"command\":\"ls\"}");
        window.await("control_request");
        window.sendDecision("r1", "{\"behavior\":\"allow\"}");
        Awaitility.await().until(() -> agent.responses().size() == 1);
        agent.emitResult();
        client.await("query_end");
    }

    @Test
    void twoConnectionsRunQueriesAtTheSameTime() {
        NativeClient other = connect(server);
        sendQuery(client, "one");
        ScriptedAgent first = agents.awaitAgent(0, 1);
        sendQuery(other, "two");
        ScriptedAgent second = agents.awaitAgent(1, 1);
        emitTurn(second, "2");
        other.await("query_end");
        emitTurn(first, "1");
        client.await("query_end");
        assertThat(client.await("assistant_message").at("/data/content/0/text").asText())
                .isEqualTo("1");
    }

    @Test
    void aDisconnectDuringAQueryStopsIt() throws Exception {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("system_message");
        client.close();
        Awaitility.await().until(agent::isCloseRequested);
        var id = onlySession();
        Awaitility.await().until(() -> server.session(id).path("state").asText().equals("idle"));
    }

    @Test
    void aDisconnectWithoutAQueryStopsTheAgent() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        emitTurn(agent, "1");
        client.await("query_end");
        assertThat(agent.isCloseRequested()).isFalse();
        client.close();
        Awaitility.await().until(agent::isCloseRequested);
    }

    private static List<String> names(JsonNode frame) {
        return frame.at("/data/tools").findValuesAsText("name");
    }

    private static String result(double total, String... answered) {
        ObjectNode m = Json.object().put("type", "result").put("subtype", "success");
        m.put("is_error", false).put("total_cost_usd", total);
        List.of(answered).forEach(m.putArray("user_message_uuids")::add);
        return m.toString();
    }

    private static void emitTurn(ScriptedAgent agent, String text, String result) {
        agent.emitInit();
        agent.emitText(text);
        agent.emit(result);
    }

    private java.util.UUID onlySession() throws Exception {
        JsonNode all =
                Json.mapper()
                        .readTree(server.call("GET", "/v1/sessions", null).body())
                        .path("sessions");
        assertThat(all).hasSize(1);
        return java.util.UUID.fromString(all.get(0).path("id").asText());
    }
}
