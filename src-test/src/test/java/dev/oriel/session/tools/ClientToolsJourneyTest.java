package dev.oriel.session.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A client's tool, called by the real CLI with a fake model.
@Timeout(120)
class ClientToolsJourneyTest {
    private static final String WEATHER =
            """
            {"name":"weather","description":"Tells the weather of a place",
             "parameters":{"city":"string","days":{"type":"int","required":false}}}\
            """;
    private static final String TOOL = "mcp__oriel__weather";

    @TempDir Path folder;
    private FakeMessagesApi api;
    private ClaudeCli cli;
    private RunningServer server;
    private UUID session;

    @BeforeEach
    void start() throws Exception {
        RealClaude real = RealClaude.orSkip(folder.resolve("home"));
        api = FakeMessagesApi.start();
        cli = new ClaudeCli(real.settings(), real.machine(api));
        server = RunningServer.in(folder, cli);
        session = server.newSession();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        if (cli != null) {
            cli.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private static FakeReply replyThatCallsTheTool() {
        return FakeReply.toolUse(TOOL, "{\"city\":\"Bath\"}");
    }

    /// The client's tools in the n-th request to the model, from 0.
    private List<String> toolsInRequest(int request) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : api.requests().get(request).body().path("tools")) {
            if (tool.path("name").asText().startsWith("mcp__")) {
                names.add(tool.path("name").asText());
            }
        }
        return names;
    }

    private static JsonNode ask(NativeClient client) {
        return client.await("control_request");
    }

    private static void allow(NativeClient client) {
        JsonNode ask = ask(client);
        assertThat(ask.at("/request/tool_name").asText()).isEqualTo(TOOL);
        client.sendDecision(ask.path("request_id").asText(), "{\"behavior\":\"allow\"}");
    }

    private static void awaitResults(NativeClient client, int count) {
        client.await(
                _ ->
                        client.journaled().stream()
                                        .filter(f -> f.path("type").asText().equals("result"))
                                        .count()
                                >= count,
                count + " results");
    }

    @Test
    void aToolCallThatTheUserAllowsReachesTheClientAndItsOutputTheModel() throws Exception {
        api.enqueue(replyThatCallsTheTool(), FakeReply.text("Take an umbrella."));
        try (NativeClient client = server.subscribe(session, 0L)) {
            JsonNode defined = client.defineTool(WEATHER);
            client.sendPrompt("How is the weather in Bath?");
            allow(client);
            JsonNode call = client.await("tool_call");
            client.sendToolOutput(call, "{\"sky\":\"rain\"}");
            awaitResults(client, 1);

            assertThat(defined.at("/data/tool_id").asText()).isEqualTo(TOOL);
            assertThat(call.at("/data/name").asText()).isEqualTo("weather");
            assertThat(call.at("/data/input/city").asText()).isEqualTo("Bath");
            assertThat(toolsInRequest(0)).containsExactly(TOOL);
            assertThat(api.requests()).hasSize(2);
            assertThat(api.requests().get(1).lastUserText())
                    .contains("tool_result", "{\\\"sky\\\":\\\"rain\\\"}")
                    .doesNotContain("\"is_error\":true");
            assertThat(client.journaled().toString()).contains("{\\\"sky\\\":\\\"rain\\\"}");
        }
    }

    @Test
    void withoutAToolTheCliHasNoMcpServer() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("Hello");
            awaitResults(client, 1);
            assertThat(client.await("system", "init").path("mcp_servers")).isEmpty();
            assertThat(toolsInRequest(0)).isEmpty();
        }
    }

    @Test
    void aDeniedCallNeverReachesTheClient() throws Exception {
        api.enqueue(replyThatCallsTheTool(), FakeReply.text("As you like."));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool(WEATHER);
            client.sendPrompt("How is the weather in Bath?");
            client.sendDecision(
                    ask(client).path("request_id").asText(),
                    "{\"behavior\":\"deny\",\"message\":\"Not today.\"}");
            awaitResults(client, 1);
            assertThat(api.requests().get(1).lastUserText()).contains("Not today.");
            assertThat(client.frames()).noneMatch(f -> f.path("type").asText().equals("tool_call"));
        }
    }

    @Test
    void aCallTimesOutAsAToolError() throws Exception {
        api.enqueue(replyThatCallsTheTool(), FakeReply.text("I do not know."));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool("{\"name\":\"weather\",\"description\":\"Late\",\"timeout_ms\":200}");
            client.sendPrompt("How is the weather in Bath?");
            allow(client);
            awaitResults(client, 1);
            assertThat(api.requests().get(1).lastUserText())
                    .contains("The tool weather did not answer within 0.2 seconds.")
                    .contains("\"is_error\":true");
            assertThat(client.await("tool_call_withdrawn").at("/data/call_id"))
                    .isEqualTo(client.await("tool_call").at("/data/call_id"));
        }
    }

    @Test
    void aClientThatDisconnectsFailsItsCallsAndRemovesItsTools() throws Exception {
        api.enqueue(
                replyThatCallsTheTool(), FakeReply.text("Nobody there."), replyThatCallsTheTool());
        try (NativeClient window = server.subscribe(session, 0L)) {
            NativeClient client = server.subscribe(session, 0L);
            client.defineTool(WEATHER);
            client.sendPrompt("How is the weather in Bath?");
            allow(client);
            client.await("tool_call");
            client.close();
            awaitResults(window, 1);
            assertThat(api.requests().get(1).lastUserText())
                    .contains("The client that runs the tool weather has disconnected.")
                    .contains("\"is_error\":true");

            window.sendPrompt("And now?");
            awaitResults(window, 2);
            assertThat(api.requests().get(3).lastUserText()).contains("No such tool available");
        }
    }

    @Test
    void aToolThatIsDefinedWhileTheAgentRunsIsInTheNextTurn() throws Exception {
        api.enqueue(FakeReply.text("Hello."), FakeReply.text("Again."), FakeReply.text("Now."));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("Hello");
            awaitResults(client, 1);
            client.defineTool(WEATHER);
            client.sendPrompt("Again");
            awaitResults(client, 2);
            client.defineTool("{\"name\":\"tide\",\"description\":\"Tells the tide\"}");
            client.sendPrompt("And now?");
            awaitResults(client, 3);
            assertThat(toolsInRequest(0)).isEmpty();
            assertThat(toolsInRequest(1)).containsExactly(TOOL);
            assertThat(toolsInRequest(2)).containsExactlyInAnyOrder(TOOL, "mcp__oriel__tide");
        }
    }

    @Test
    void anAgentThatIsStartedAgainHasTheTools() throws Exception {
        server.close();
        server =
                RunningServer.in(
                        folder,
                        ServerSetUp.policy(
                                new SessionPolicy(Duration.ofMillis(300), 10, false, null)),
                        cli);
        api.enqueue(FakeReply.text("Hello."), replyThatCallsTheTool(), FakeReply.text("Rain."));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool(WEATHER);
            client.sendPrompt("Hello");
            awaitResults(client, 1);
            Awaitility.await().until(() -> agentsRunning() == 0);
            client.sendPrompt("How is the weather in Bath?");
            allow(client);
            client.sendToolOutput(client.await("tool_call"), "\"rain\"");
            awaitResults(client, 2);
            assertThat(api.requests().get(2).lastUserText()).contains("rain");
        }
    }

    private long agentsRunning() throws Exception {
        String metrics = server.call("GET", "/metrics", null).body();
        return metrics.lines()
                .filter(l -> l.startsWith("oriel_agents"))
                .mapToLong(l -> (long) Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void anInterruptWithdrawsTheCall() throws Exception {
        api.enqueue(replyThatCallsTheTool(), FakeReply.text("Again."));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool(WEATHER);
            client.sendPrompt("How is the weather in Bath?");
            allow(client);
            JsonNode call = client.await("tool_call");
            client.sendRequest("interrupt", Map.of());
            assertThat(client.await("tool_call_withdrawn").at("/data/call_id"))
                    .isEqualTo(call.at("/data/call_id"));
            client.sendToolOutput(call, "\"too late\"");
            assertThat(client.await("error").at("/error/code").asText()).isEqualTo("not_found");
            awaitResults(client, 1);
            client.sendPrompt("Again");
            awaitResults(client, 2);
        }
    }

    @Test
    void invalidInputDoesNotReachTheClient() throws Exception {
        api.enqueue(FakeReply.toolUse(TOOL, "{\"city\":7}"), FakeReply.text("I see."));
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool(WEATHER);
            client.sendPrompt("How is the weather in Bath?");
            allow(client);
            awaitResults(client, 1);
            assertThat(api.requests().get(1).lastUserText())
                    .contains("\"is_error\":true")
                    .contains("city");
            assertThat(client.frames()).noneMatch(f -> f.path("type").asText().equals("tool_call"));
        }
    }

    @Test
    void anEnhancedClientsToolRunsWithoutAskingIfTheClientAllowsIt() throws Exception {
        api.enqueue(replyThatCallsTheTool(), FakeReply.text("Take an umbrella."));
        try (NativeClient client =
                NativeClient.connect(
                        server.port(),
                        "/enhanced/ws",
                        "Authorization: Bearer " + server.server().token())) {
            client.defineTool(WEATHER);
            client.send(
                    "{\"type\":\"query\",\"prompt\":\"How is the weather in Bath?\",\"options\":"
                            + "{\"allowed_tools\":[\"weather\"],\"cwd\":\"%s\"}}"
                                    .formatted(folder));
            client.sendToolOutput(client.await("tool_call"), "\"rain\"");
            client.await("query_end");
            assertThat(api.requests().get(1).lastUserText())
                    .contains("rain")
                    .doesNotContain("\"is_error\":true");
            assertThat(client.frames().toString()).contains("tool_result");
        }
    }
}
