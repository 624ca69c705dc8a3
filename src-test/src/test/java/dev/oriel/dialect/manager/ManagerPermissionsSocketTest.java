package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tool that asks receives an answer of a client or of the window's user, or is denied.
class ManagerPermissionsSocketTest {
    @TempDir Path folder;
    private final ScriptedProvider agents = new ScriptedProvider();
    private ManagerServer manager;
    private NativeClient client;
    private UUID id;

    @AfterEach
    void stop() {
        client.close();
        manager.close();
    }

    private ScriptedAgent asking(Duration within) {
        manager = ManagerServer.in(folder, s -> s.withPermissionTimeout(within), c -> c, agents);
        client = manager.client();
        id = manager.session(client, "{\"permission_mode\":\"default\"}");
        prompt(client, id, "Clean up");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitAsk("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
        return agent;
    }

    private void answer(NativeClient from, String request, boolean approved, @Nullable String why) {
        from.send(
                Json.object()
                        .put("type", "permission_response")
                        .put("session_id", id.toString())
                        .put("request_id", request)
                        .put("approved", approved)
                        .put("reason", why)
                        .toString());
    }

    private static JsonNode decision(ScriptedAgent agent) {
        await().until(() -> !agent.responses().isEmpty());
        return agent.responses().getFirst().tree().path("response");
    }

    private JsonNode status() {
        client.send("{\"type\":\"list_sessions\"}");
        return client.await("sessions_list").path("sessions").get(0).path("status");
    }

    @Test
    void aPermissionRequestHasAllThatTheUserMustKnow() {
        asking(Duration.ofSeconds(30));
        assertThat(client.await("permission_request").toString())
                .isEqualTo(
                        ("{\"type\":\"permission_request\",\"session_id\":\"%s\","
                             + "\"request_id\":\"ask-1\",\"tool\":\"Bash\",\"parameters\":{\"command\":\"rm"
                             + " -r build\"},\"description\":\"Claude wants to use Bash: rm -r"
                             + " build\"}")
                                .formatted(id));
        assertThat(status().asText()).isEqualTo("processing");
    }

    @Test
    void anApprovedToolRunsWithTheInputItHad() {
        ScriptedAgent agent = asking(Duration.ofSeconds(30));
        client.await("permission_request");
        answer(client, "ask-1", true, null);
        assertThat(client.await("permission_acknowledged").toString())
                .isEqualTo(
                        ("{\"type\":\"permission_acknowledged\",\"session_id\":\"%s\","
                             + "\"request_id\":\"ask-1\",\"approved\":true,\"tool\":\"Bash\","
                             + "\"status\":\"executing\"}")
                                .formatted(id));
        assertThat(decision(agent).path("response").toString())
                .isEqualTo(
                        "{\"behavior\":\"allow\",\"updatedInput\":{\"command\":\"rm -r build\"}}");
    }

    /// A tool of another client of the session, by the CLI's name.
    @Test
    void anMcpToolAsksAndRunsAfterItsApproval() throws Exception {
        manager = ManagerServer.in(folder, agents);
        client = manager.client();
        id = manager.session(client, "{\"permission_mode\":\"default\"}");
        try (NativeClient owner = manager.server().subscribe(id, 0L)) {
            owner.defineTool("{\"name\":\"lookup\",\"description\":\"Looks a word up\"}");
            prompt(client, id, "What is an oriel?");
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            assertThat(agent.launch().permissionMode()).isEqualTo("default");
            assertThat(agent.launch().options().allowedTools())
                    .noneMatch(t -> t.startsWith("mcp__"));
            assertThat(agent.launch().tools().tools())
                    .extracting(t -> t.name())
                    .containsExactly("lookup");
            agent.emitInit();
            agent.emitAsk("ask-1", "mcp__oriel__lookup", "{\"word\":\"oriel\"}");
            assertThat(client.await("permission_request").toString())
                    .contains(
                            "\"request_id\":\"ask-1\",\"tool\":\"mcp__oriel__lookup\","
                                    + "\"parameters\":{\"word\":\"oriel\"}");
            answer(client, "ask-1", true, null);
            assertThat(decision(agent).path("response").toString())
                    .isEqualTo("{\"behavior\":\"allow\",\"updatedInput\":{\"word\":\"oriel\"}}");

            var result = agent.callTool("lookup", "{\"word\":\"oriel\"}");
            owner.sendToolOutput(owner.await("tool_call"), "\"a bay window\"");
            assertThat(result.get(Patience.SECONDS, TimeUnit.SECONDS).text())
                    .contains("a bay window");
        }
    }

    @Test
    void anMcpToolIsDeniedWithoutAnAnswer() {
        manager =
                ManagerServer.in(
                        folder,
                        s -> s.withPermissionTimeout(Duration.ofMillis(300)),
                        c -> c,
                        agents);
        client = manager.client();
        id = manager.session(client, "{\"permission_mode\":\"default\"}");
        prompt(client, id, "What is an oriel?");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitAsk("ask-1", "mcp__oriel__lookup", "{}");
        assertThat(client.await("permission_request").path("tool").asText())
                .isEqualTo("mcp__oriel__lookup");
        assertThat(decision(agent).at("/response/behavior").asText()).isEqualTo("deny");
    }

    @Test
    void aDeniedToolReceivesTheReason() {
        ScriptedAgent agent = asking(Duration.ofSeconds(30));
        client.await("permission_request");
        answer(client, "ask-1", false, "Keep it.");
        assertThat(client.await("permission_acknowledged").path("status").asText())
                .isEqualTo("denied");
        assertThat(decision(agent).path("response").toString())
                .isEqualTo("{\"behavior\":\"deny\",\"message\":\"Keep it.\"}");
    }

    @Test
    void anotherSocketCanAnswerAndTheFirstAnswerCounts() {
        ScriptedAgent agent = asking(Duration.ofSeconds(30));
        client.await("permission_request");
        try (NativeClient other = manager.client()) {
            answer(other, "ask-1", false, null);
            other.await("permission_acknowledged");
            assertThat(decision(agent).path("response").path("message").asText())
                    .isEqualTo("User denied permission");
        }
        answer(client, "ask-1", true, null);
        assertThat(client.await("error").toString())
                .isEqualTo(
                        ("{\"type\":\"error\",\"message\":\"Permission request ask-1 not found\","
                                        + "\"session_id\":\"%s\",\"details\":null}")
                                .formatted(id));
        assertThat(agent.responses()).hasSize(1);
    }

    @Test
    void aPermissionRequestWithoutAnAnswerIsDenied() {
        ScriptedAgent agent = asking(Duration.ofMillis(300));
        client.await("permission_request");
        assertThat(decision(agent).path("response").toString())
                .isEqualTo("{\"behavior\":\"deny\",\"message\":\"Permission request timed out\"}");
        answer(client, "ask-1", true, null);
        client.await("error");
        assertThat(agent.responses()).hasSize(1);
    }

    @Test
    void aPermissionRequestIsDeniedWhenItsSocketCloses() {
        ScriptedAgent agent = asking(Duration.ofMinutes(10));
        client.await("permission_request");
        client.close();
        assertThat(decision(agent).path("response").path("behavior").asText()).isEqualTo("deny");
    }

    @Test
    void withAWindowAPermissionRequestOfAClosedSocketWaitsForItsUser() {
        ScriptedAgent agent = asking(Duration.ofMinutes(10));
        client.await("permission_request");
        String bearer = "Authorization: Bearer " + manager.server().server().token();
        try (NativeClient feed = NativeClient.connect(manager.server().port(), "/v1/feed", bearer);
                NativeClient window = manager.server().subscribe(id, 0L)) {
            feed.await("sessions");
            window.await("control_request");
            client.close();
            window.sendDecision("ask-1", "{\"behavior\":\"allow\",\"updatedInput\":{}}");
            assertThat(decision(agent).path("response").path("behavior").asText())
                    .isEqualTo("allow");
        }
    }

    @Test
    void anAskAnsweredInTheWindowCannotBeAnsweredAgain() {
        ScriptedAgent agent = asking(Duration.ofSeconds(30));
        client.await("permission_request");
        try (NativeClient window = manager.server().subscribe(id, 0L)) {
            window.await("control_request");
            window.sendDecision("ask-1", "{\"behavior\":\"deny\",\"message\":\"No.\"}");
            decision(agent);
            window.awaitState("running");
        }
        answer(client, "ask-1", true, null);
        assertThat(client.await("error").path("message").asText())
                .isEqualTo("Permission request ask-1 not found");
    }

    @Test
    void anInvalidAnswerIsRefusedWithTheReason() {
        asking(Duration.ofSeconds(30));
        client.send(
                "{\"type\":\"permission_response\",\"session_id\":\"" + id + "\",\"approved\":1}");
        assertThat(client.await("error").path("message").asText())
                .isEqualTo(
                        "Failed to handle permission response: 2 validation errors for"
                                + " PermissionResponseMessage\n"
                                + "request_id\n"
                                + "  Field required\n"
                                + "approved\n"
                                + "  Input should be a valid boolean");
    }

    /// As in the original; SECURITY.md describes it.
    @Test
    void withoutAModeTheListedToolsRunWithoutAnAsk() {
        manager = ManagerServer.in(folder, agents);
        client = manager.client();
        id = manager.session(client, "{\"tools\":[\"Bash\",\"WebFetch\"]}");
        prompt(client, id, "Hello");
        assertThat(agents.awaitAgent(0, 1).launch().options().allowedTools())
                .containsExactly("Bash", "WebFetch");
    }

    @Test
    void withManagerPermissionsAskEachToolAsksTheClient() {
        manager = ManagerServer.in(folder, s -> s.withToolsNeedPermission(true), c -> c, agents);
        client = manager.client();
        id = manager.session(client, "{\"tools\":[\"Bash\",\"WebFetch\"]}");
        prompt(client, id, "Hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        assertThat(agent.launch().options().allowedTools()).isEmpty();
        assertThat(agent.launch().permissionMode()).isEqualTo("default");
        agent.emitInit();
        agent.emitAsk("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
        client.await("permission_request");
        answer(client, "ask-1", false, "No.");
        assertThat(decision(agent).at("/response/behavior").asText()).isEqualTo("deny");
    }

    @Test
    void withManagerPermissionsAskAModeWithoutAsksIsRefused() {
        manager = ManagerServer.in(folder, s -> s.withToolsNeedPermission(true), c -> c, agents);
        client = manager.client();
        client.send(
                "{\"type\":\"create_session\",\"options\":{\"permission_mode\":\"acceptEdits\"}}");
        assertThat(client.await("error").path("message").asText())
                .isEqualTo(
                        "Failed to create session: on this server tools ask, so permission_mode"
                                + " must be default, manual, plan or dontAsk");
    }
}
