package dev.oriel.agent.cli.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.ToolResult;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.FakeClaudeFixture;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.message.Json;
import dev.oriel.testing.await.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tools as the CLI's process sees them: MCP in control messages.
@Timeout(60)
class CliToolsProcessTest extends FakeClaudeFixture {
    private static final String SHAKE =
            mcp(
                    "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\","
                            + "\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                            + "\"clientInfo\":{\"name\":\"claude-code\",\"version\":\"1\"}}}");
    private static final String SHAKEN =
            mcp("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    private static final String LIST =
            mcp("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
    private static final String CALL =
            mcp(
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\","
                            + "\"params\":{\"name\":\"ring\",\"arguments\":{\"times\":3}}}");

    private final Bell bell = new Bell();

    /// A host whose tools return a result now or later.
    private static final class Bell implements ToolHost {
        final List<ExternalTool> tools = new CopyOnWriteArrayList<>();
        final List<CompletableFuture<ToolResult>> calls = new CopyOnWriteArrayList<>();
        volatile boolean answers = true;

        @Override
        public List<ExternalTool> tools() {
            return tools;
        }

        @Override
        public CompletableFuture<ToolResult> call(String name, ObjectNode input) {
            var result = new CompletableFuture<ToolResult>();
            calls.add(result);
            if (answers) {
                result.complete(ToolResult.of(name + " " + input));
            }
            return result;
        }
    }

    private static String mcp(String message) {
        return mcp("oriel", message);
    }

    private static String mcp(String server, String message) {
        return "{\"subtype\":\"mcp_message\",\"server_name\":\"%s\",\"message\":%s}"
                .formatted(server, message);
    }

    private static ExternalTool ring() {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("times").put("type", "integer");
        return new ExternalTool("ring", "Rings a bell", schema);
    }

    private Agent launch() throws Exception {
        return launch(AgentSecrets.NONE);
    }

    private Agent launch(AgentSecrets secrets) throws Exception {
        fake.install();
        cli =
                new ClaudeCli(
                        CliSettings.defaults()
                                .withExecutable(fake.executable())
                                .withTimeouts(SHORT),
                        machine());
        return cli.start(
                new AgentLaunch(fresh(), folder, null, null, AgentOptions.NONE, secrets, bell),
                heard);
    }

    /// Our requests that the CLI received, by subtype.
    private List<JsonNode> requests(String subtype) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        for (String line : fake.receivedLines()) {
            JsonNode request = Json.mapper().readTree(line).path("request");
            if (request.path("subtype").asText().equals(subtype)) {
                found.add(request);
            }
        }
        return found;
    }

    /// The MCP responses received, in order.
    private List<JsonNode> answers() throws Exception {
        List<JsonNode> found = new ArrayList<>();
        for (String line : fake.receivedLines()) {
            JsonNode response = Json.mapper().readTree(line).at("/response/response");
            if (response.has("mcp_response")) {
                found.add(response.path("mcp_response"));
            }
        }
        return found;
    }

    @Test
    void withoutToolsTheCliKnowsNoServer() throws Exception {
        launch().sendPrompt(prompt("hi"));
        heard.awaitResult(1);
        assertThat(fake.receivedLines().toString()).doesNotContain("sdkMcpServers", "mcp_");
    }

    @Test
    void withToolsTheServerIsAnnouncedAtOnceAndHandlesEveryRequest() throws Exception {
        bell.tools.add(ring());
        fake.turn(t -> t.request(SHAKE).request(SHAKEN).request(LIST).request(CALL).text("Done"));
        launch().sendPrompt(prompt("hi"));
        heard.awaitResult(1);

        assertThat(requests("initialize").getFirst().path("sdkMcpServers").toString())
                .isEqualTo("[\"oriel\"]");
        assertThat(heard.messages("control_request")).isEmpty();
        List<JsonNode> answers = answers();
        assertThat(answers).hasSize(4);
        assertThat(answers.get(0).at("/result/protocolVersion").asText()).isEqualTo("2025-11-25");
        assertThat(answers.get(0).at("/result/capabilities/tools/listChanged").asBoolean())
                .isTrue();
        assertThat(answers.get(0).at("/result/serverInfo/name").asText()).isEqualTo("oriel");
        assertThat(answers.get(1).toString()).isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":{}}");
        JsonNode tool = answers.get(2).at("/result/tools/0");
        assertThat(tool.path("name").asText()).isEqualTo("ring");
        assertThat(tool.at("/inputSchema/properties/times/type").asText()).isEqualTo("integer");
        assertThat(tool.path("_meta").path("anthropic/alwaysLoad").asBoolean()).isTrue();
        assertThat(answers.get(3).at("/result/content/0/text").asText())
                .isEqualTo("ring {\"times\":3}");
        assertThat(answers.get(3).path("id").asInt()).isEqualTo(2);
    }

    @Test
    void theHandshakeGetsItsResponseBeforeTheCliRespondsToOurs() throws Exception {
        bell.tools.add(ring());
        fake.ignoringRequests("initialize")
                .atStart(t -> t.request(SHAKE).request(SHAKEN).request(LIST));
        launch();
        await().until(() -> answers().size() == 3);
    }

    @Test
    void laterToolsAreSetAndEveryFurtherChangeIsNotifiedOnce() throws Exception {
        fake.turn(t -> t.text("Hello"))
                .turn(t -> t.request(SHAKE).request(SHAKEN).request(LIST).text("Done"))
                .turn(t -> t.request(LIST).text("Done"));
        Agent agent = launch();
        agent.sendPrompt(prompt("hi"));
        heard.awaitResult(1);
        bell.tools.add(ring());
        agent.onToolsChanged();
        await().until(() -> requests("mcp_set_servers").size() == 1);
        assertThat(requests("mcp_set_servers").getFirst().path("servers").toString())
                .isEqualTo("{\"oriel\":{\"type\":\"sdk\",\"name\":\"oriel\"}}");
        agent.sendPrompt(prompt("again"));
        heard.awaitResult(2);

        bell.tools.clear();
        bell.tools.add(
                new ExternalTool("ring", "Rings twice", Json.object().put("type", "object")));
        bell.tools.add(new ExternalTool("knock", "Knocks", Json.object().put("type", "object")));
        agent.onToolsChanged();
        await().until(() -> requests("mcp_message").size() == 1);
        assertThat(requests("mcp_message").getFirst().at("/message/method").asText())
                .isEqualTo("notifications/tools/list_changed");
        agent.sendPrompt(prompt("and again"));
        heard.awaitResult(3);
        assertThat(answers().getLast().at("/result/tools").findValuesAsText("description"))
                .containsExactlyInAnyOrder("Rings twice", "Knocks");
        assertThat(requests("mcp_set_servers")).hasSize(1);
    }

    @Test
    void aVersionThatDoesNotListAgainGetsTheServerAnewAfterTheTurn() throws Exception {
        fake.withoutCapabilities()
                .turn(t -> t.text("Hello"))
                .turn(t -> t.request(SHAKE).request(SHAKEN).request(LIST).text("Done").hang())
                .turn(t -> t.request(SHAKE).request(SHAKEN).request(LIST).text("Done"));
        Agent agent = launch();
        agent.sendPrompt(prompt("hi"));
        heard.awaitResult(1);
        bell.tools.add(ring());
        agent.onToolsChanged();
        agent.sendPrompt(prompt("again"));
        await().until(() -> heard.wholeText().contains("Done"));

        bell.tools.add(new ExternalTool("knock", "Knocks", Json.object().put("type", "object")));
        agent.onToolsChanged();
        assertThat(requests("mcp_set_servers")).hasSize(1);
        agent.interrupt();
        heard.awaitResult(2);
        agent.sendPrompt(prompt("and again"));
        heard.awaitResult(3);
        assertThat(requests("mcp_set_servers").stream().map(r -> r.path("servers").size()))
                .containsExactly(1, 0, 1);
        assertThat(answers().getLast().at("/result/tools").findValuesAsText("description"))
                .containsExactlyInAnyOrder("Rings a bell", "Knocks");
    }

    /// The headers of servers may contain keys, which every program could read on a command line.
    @Test
    void serversOfTheLaunchAreSetBeforeTheFirstPromptAndNotOnTheCommandLine() throws Exception {
        fake.turn(t -> t.text("Hello"));
        String servers =
                "{\"docs\":{\"type\":\"http\",\"url\":\"https://x\",\"headers\":{\"K\":\"v\"}}}";
        Agent agent = launch(AgentSecrets.NONE.withMcpServers(servers));
        agent.sendPrompt(prompt("hi"));
        heard.awaitResult(1);
        assertThat(requests("mcp_set_servers").getFirst().path("servers").toString())
                .isEqualTo(servers);
        List<String> lines = fake.receivedLines();
        assertThat(
                        lines.indexOf(
                                lines.stream()
                                        .filter(l -> l.contains("https://x"))
                                        .findFirst()
                                        .orElseThrow()))
                .isLessThan(
                        lines.indexOf(
                                lines.stream()
                                        .filter(l -> l.contains("\"type\":\"user\""))
                                        .findFirst()
                                        .orElseThrow()));
    }

    @Test
    void aClientsOwnServersAndOursDoNotReplaceOneAnother() throws Exception {
        Agent agent = launch();
        ObjectNode set = request("mcp_set_servers");
        set.putObject("servers").putObject("board").put("type", "stdio").put("command", "true");
        agent.sendControlRequest(set, DEADLINE).get(Patience.SECONDS, TimeUnit.SECONDS);
        bell.tools.add(ring());
        agent.onToolsChanged();
        await().until(() -> requests("mcp_set_servers").size() == 2);
        ObjectNode none = request("mcp_set_servers");
        none.putObject("servers");
        agent.sendControlRequest(none, DEADLINE).get(Patience.SECONDS, TimeUnit.SECONDS);

        assertThat(
                        requests("mcp_set_servers").stream()
                                .map(r ->
                                        List.copyOf(
                                                r.path("servers").properties().stream()
                                                        .map(java.util.Map.Entry::getKey)
                                                        .toList())))
                .containsExactly(List.of("board"), List.of("board", "oriel"), List.of("oriel"));
    }

    @Test
    void wrongInputAnUnknownToolAndAnUnknownServerAreErrorsOfTheCall() throws Exception {
        bell.tools.add(ring());
        fake.turn(t ->
                t.request(SHAKE)
                        .request(SHAKEN)
                        .request(CALL.replace("3", "\"three\""))
                        .request(CALL.replace("ring", "sing"))
                        .request(
                                mcp("elsewhere", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}"))
                        .request(
                                mcp("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"resources/list\"}"))
                        .request(mcp("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}"))
                        .request(mcp("{}"))
                        .text("Done"));
        launch().sendPrompt(prompt("hi"));
        heard.awaitResult(1);

        List<JsonNode> answers = answers();
        assertThat(answers.get(2).at("/result/isError").asBoolean()).isTrue();
        assertThat(answers.get(2).at("/result/content/0/text").asText()).contains("times");
        assertThat(answers.get(3).has("error")).isTrue();
        assertThat(answers.get(4).at("/error/code").asInt()).isEqualTo(-32601);
        assertThat(answers.get(4).path("id").asInt()).isEqualTo(7);
        assertThat(answers.get(5).at("/error/code").asInt()).isEqualTo(-32601);
        assertThat(answers.get(6).has("error")).isTrue();
        assertThat(answers).hasSize(8);
        assertThat(bell.calls).isEmpty();
    }

    @Test
    void aCallThatTheCliCancelsIsCancelled() throws Exception {
        bell.tools.add(ring());
        bell.answers = false;
        String line =
                "{\"type\":\"control_request\",\"request_id\":\"call\",\"request\":" + CALL + "}";
        fake.turn(t ->
                t.request(SHAKE)
                        .request(SHAKEN)
                        .line(line)
                        .request(
                                mcp(
                                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\""
                                            + ",\"params\":{\"requestId\":2}}"))
                        .text("Done"));
        launch().sendPrompt(prompt("hi"));
        heard.awaitResult(1);

        assertThat(bell.calls).hasSize(1);
        assertThat(bell.calls.getFirst()).isCancelled();
        assertThat(answers()).hasSize(3);
    }

    @Test
    void theEndOfTheCliCancelsItsCalls() throws Exception {
        bell.tools.add(ring());
        bell.answers = false;
        fake.turn(t ->
                t.request(SHAKE)
                        .request(SHAKEN)
                        .line(
                                "{\"type\":\"control_request\",\"request_id\":\"call\",\"request\":"
                                        + CALL
                                        + "}")
                        .pause(100)
                        .exit(9));
        launch().sendPrompt(prompt("hi"));
        heard.awaitExit();

        assertThat(bell.calls).hasSize(1);
        await().until(() -> bell.calls.getFirst().isCancelled());
    }

    @Test
    void aSecondHandshakeNumbersItsRequestsFromTheStart() throws Exception {
        bell.tools.add(ring());
        fake.turn(t ->
                t.request(SHAKE)
                        .request(SHAKEN)
                        .request(CALL)
                        .request(SHAKE)
                        .request(SHAKEN)
                        .request(CALL)
                        .text("Done"));
        launch().sendPrompt(prompt("hi"));
        heard.awaitResult(1);

        assertThat(answers()).hasSize(6);
        assertThat(answers().getLast().at("/result/content/0/text").asText()).contains("ring");
    }
}
