package dev.oriel.session.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolResult;
import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tools of native clients over real sockets; the test plays the agent.
@Timeout(60)
class ClientToolsSocketTest {
    private static final String RING = "{\"name\":\"ring\",\"description\":\"Rings a bell\"}";

    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();
    private RunningServer server;
    private UUID session;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.in(folder, provider);
        session = server.newSession();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ScriptedAgent running(NativeClient client) {
        client.sendPrompt("hello");
        ScriptedAgent agent = provider.awaitAgent(0, 1);
        agent.emitInit();
        return agent;
    }

    @Test
    void aPromptAfterADefinitionFindsTheTool() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.send("{\"type\":\"define_tool\",\"tool\":" + RING + "}");
            ScriptedAgent agent = running(client);
            assertThat(agent.launch().tools().tools())
                    .extracting(ExternalTool::name)
                    .containsExactly("ring");
            assertThat(agent.toolChanges()).isZero();
        }
    }

    @Test
    void aCallReachesOnlyItsClientAndTheOutputTheAgent() throws Exception {
        try (NativeClient owner = server.subscribe(session, 0L);
                NativeClient other = server.subscribe(session, 0L)) {
            owner.defineTool(RING);
            ScriptedAgent agent = running(owner);
            var result = agent.callTool("ring", "{\"times\":3}");
            JsonNode call = owner.await("tool_call");
            other.sendToolOutput(call, "\"not mine\"");
            assertThat(other.await("error").at("/error/code").asText()).isEqualTo("not_found");
            assertThat(result).isNotDone();
            owner.sendToolOutput(call, "\"Ding\"");

            assertThat(result.get(Patience.SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(ToolResult.of("Ding"));
            assertThat(call.at("/data/input/times").asInt()).isEqualTo(3);
            assertThat(other.frames()).noneMatch(f -> f.path("type").asText().startsWith("tool_"));
        }
    }

    @Test
    void outputsThatAreErrorsOrJsonReachTheAgent() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool(RING);
            ScriptedAgent agent = running(client);
            var failed = agent.callTool("ring", "{}");
            String id = client.await("tool_call").at("/data/call_id").asText();
            client.send(
                    "{\"type\":\"tool_output\",\"call_id\":\"%s\",\"output\":{\"why\":[1]},\"is_error\":true}"
                            .formatted(id));
            assertThat(failed.get(Patience.SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(ToolResult.error("{\"why\":[1]}"));
        }
    }

    @Test
    void aRunningAgentIsNotifiedOfEveryChange() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            ScriptedAgent agent = running(client);
            assertThat(agent.launch().tools().tools()).isEmpty();
            client.defineTool(RING);
            Awaitility.await().until(() -> agent.toolChanges() == 1);
            client.defineTool("{\"name\":\"ring\",\"description\":\"Rings two bells\"}");
            Awaitility.await().until(() -> agent.toolChanges() == 2);
            assertThat(agent.launch().tools().tools())
                    .extracting(ExternalTool::description)
                    .containsExactly("Rings two bells");
        }
    }

    @Test
    void aDisconnectedClientsToolsAreRemovedAndItsCallsFail() throws Exception {
        try (NativeClient stays = server.subscribe(session, 0L)) {
            NativeClient leaves = server.subscribe(session, 0L);
            leaves.defineTool(RING);
            stays.defineTool("{\"name\":\"knock\"}");
            ScriptedAgent agent = running(stays);
            var lost = agent.callTool("ring", "{}");
            leaves.await("tool_call");
            leaves.close();

            assertThat(lost.get(Patience.SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(
                            ToolResult.error(
                                    "The client that runs the tool ring has disconnected."));
            Awaitility.await().until(() -> agent.toolChanges() == 1);
            assertThat(agent.launch().tools().tools())
                    .extracting(ExternalTool::name)
                    .containsExactly("knock");
        }
    }

    @Test
    void theNextAgentHasTheTools() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool(RING);
            running(client).exit(ExitCause.CRASHED);
            client.awaitState("failed");
            client.sendPrompt("again");
            assertThat(provider.awaitAgent(1, 1).launch().tools().tools()).hasSize(1);
        }
    }

    @Test
    void aCallThatTimesOutIsAnErrorAndIsWithdrawn() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool("{\"name\":\"ring\",\"timeout_ms\":50}");
            var late =
                    running(client).callTool("ring", "{}").get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(late.isError()).isTrue();
            JsonNode call = client.await("tool_call");
            assertThat(client.await("tool_call_withdrawn").at("/data/call_id"))
                    .isEqualTo(call.at("/data/call_id"));
            client.sendToolOutput(call, "\"Ding\"");
            assertThat(client.await("error").at("/error/code").asText()).isEqualTo("not_found");
        }
    }

    @Test
    void anInvalidDefinitionIsRejectedAndChangesNothing() {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.defineTool(RING);
            client.send("{\"type\":\"define_tool\",\"tool\":{\"name\":\"ring\",\"parameters\":7}}");
            assertThat(client.await("error").at("/error/message").asText())
                    .isEqualTo("parameters must be an object");
            client.send("{\"type\":\"define_tool\"}");
            client.send("{\"type\":\"tool_output\"}");
            Awaitility.await()
                    .until(() ->
                            client.frames().stream()
                                            .filter(f -> f.path("type").asText().equals("error"))
                                            .count()
                                    == 3);
            assertThat(running(client).launch().tools().tools()).hasSize(1);
        }
    }

    @Test
    void theDemoCallsAToolThatAPromptNames() throws Exception {
        try (RunningServer demo =
                        RunningServer.in(
                                folder.resolve("demo"), new DemoProvider(DemoPace.instant()));
                NativeClient client = demo.subscribe(demo.newSession(), 0L)) {
            client.defineTool(
                    "{\"name\":\"ring\",\"parameters\":{\"times\":\"int\",\"bell\":[\"small\",\"big\"]}}");
            client.sendPrompt("Please use the tool ring");
            JsonNode ask = client.await("control_request");
            assertThat(ask.at("/request/tool_name").asText()).isEqualTo("mcp__oriel__ring");
            client.sendDecision(ask.path("request_id").asText(), "{\"behavior\":\"allow\"}");
            JsonNode call = client.await("tool_call");
            assertThat(call.at("/data/input").toString())
                    .isEqualTo("{\"times\":1,\"bell\":\"small\"}");
            client.sendToolOutput(call, "\"Ding\"");
            client.await("result");
            assertThat(client.journaled().toString()).contains("tool_result", "Ding");
        }
    }

    @Test
    void anInterruptOfTheDemoWithdrawsTheCall() throws Exception {
        try (RunningServer demo =
                        RunningServer.in(
                                folder.resolve("demo"), new DemoProvider(DemoPace.instant()));
                NativeClient client = demo.subscribe(demo.newSession(), 0L)) {
            client.defineTool(RING);
            client.sendPrompt("tool ring");
            JsonNode ask = client.await("control_request");
            client.sendDecision(ask.path("request_id").asText(), "{\"behavior\":\"allow\"}");
            client.await("tool_call");
            client.sendRequest("interrupt", Map.of());
            client.await("tool_call_withdrawn");
            assertThat(client.await("result").path("terminal_reason").asText())
                    .isEqualTo("aborted_tools");
        }
    }
}
