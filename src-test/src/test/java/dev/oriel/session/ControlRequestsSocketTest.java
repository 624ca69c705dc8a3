package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Control requests of clients, and who receives what.
class ControlRequestsSocketTest {
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

    private ScriptedAgent turn(NativeClient client, int agent, int prompts) {
        client.sendPrompt("go");
        ScriptedAgent running = provider.awaitAgent(agent, prompts);
        running.emitInit();
        running.emitResult();
        client.await(
                f ->
                        f.at("/session/state").asText().equals("idle")
                                && f.at("/session/last_seq").asInt() > 0,
                "the end of the turn");
        return running;
    }

    private static JsonNode answer(NativeClient client, String subtype) {
        return client.await(
                        f -> f.at("/response/request_id").asText().equals(subtype),
                        "the answer to " + subtype)
                .path("response");
    }

    private static List<String> receivedSubtypes(ScriptedAgent agent) {
        return agent.requests().stream().map(r -> r.path("subtype").asText()).toList();
    }

    @Test
    void requestsThatCouldBypassPermissionsDoNotReachTheAgent() {
        try (NativeClient client = server.subscribe(session, null)) {
            ScriptedAgent agent = turn(client, 0, 1);
            Map<String, Map<String, ?>> requests =
                    Map.of(
                            "apply_flag_settings",
                            Map.of(
                                    "settings",
                                    Map.of("permissions", Map.of("allow", List.of("Bash")))),
                            "update_settings",
                            Map.of("settings", Map.of()),
                            "set_cwd",
                            Map.of("path", "/"),
                            "claude_authenticate",
                            Map.of(),
                            "remote_control",
                            Map.of("enabled", true),
                            "start_shell_task",
                            Map.of("command", "id"),
                            "from_the_future",
                            Map.of());
            requests.forEach(client::sendRequest);
            requests.keySet()
                    .forEach(subtype -> {
                        JsonNode answer = answer(client, subtype);
                        assertThat(answer.path("subtype").asText()).as(subtype).isEqualTo("error");
                        assertThat(answer.path("error_code").asText())
                                .isIn("forbidden", "bad_request", "unsupported_request");
                    });
            assertThat(receivedSubtypes(agent)).isEmpty();
        }
    }

    @Test
    void aChangeIsPublishedAndAppliesToLaterAgentsAndServers() throws Exception {
        try (NativeClient client = server.subscribe(session, null);
                NativeClient other = server.subscribe(session, null)) {
            ScriptedAgent first = turn(client, 0, 1);
            client.sendRequest(
                    "apply_flag_settings", Map.of("settings", Map.of("effortLevel", "low")));
            assertThat(answer(client, "apply_flag_settings").path("subtype").asText())
                    .isEqualTo("success");
            client.sendRequest(
                    "mcp_set_servers",
                    Map.of(
                            "servers",
                            Map.of(
                                    "notes",
                                    Map.of("command", "notes", "env", Map.of("KEY", "sk-1")))));
            answer(client, "mcp_set_servers");
            client.sendRequest("set_max_thinking_tokens", Map.of("max_thinking_tokens", 2000));
            answer(client, "set_max_thinking_tokens");
            JsonNode told =
                    other.await(
                            f ->
                                    f.path("subtype").asText().equals("oriel_control")
                                            && f.path("text").asText().contains("notes"),
                            "what was changed");
            assertThat(told.has("seq")).isTrue();
            assertThat(told.toString()).doesNotContain("sk-1");
            assertThat(
                            other.await(
                                            f -> f.path("text").asText().contains("effort low"),
                                            "the effort")
                                    .at("/request/settings/effortLevel")
                                    .asText())
                    .isEqualTo("low");

            first.exit(ExitCause.ASKED);
            ScriptedAgent second = turn(client, 1, 1);
            assertThat(receivedSubtypes(second))
                    .containsExactly(
                            "apply_flag_settings", "mcp_set_servers", "set_max_thinking_tokens");
            assertThat(second.requests().get(1).toString()).contains("sk-1");
        }
        server.close();
        server = RunningServer.in(folder, provider);
        try (NativeClient client = server.subscribe(session, null)) {
            ScriptedAgent third = turn(client, 2, 1);
            // A server's environment can hold a secret and is not journaled.
            assertThat(receivedSubtypes(third))
                    .containsExactly("apply_flag_settings", "set_max_thinking_tokens");
        }
    }

    @Test
    void withoutAnAgentAChangeAppliesToTheNextOne() {
        try (NativeClient client = server.subscribe(session, null)) {
            client.sendRequest(
                    "apply_flag_settings", Map.of("settings", Map.of("effortLevel", "max")));
            assertThat(answer(client, "apply_flag_settings").path("subtype").asText())
                    .isEqualTo("success");
            assertThat(receivedSubtypes(turn(client, 0, 1))).containsExactly("apply_flag_settings");
        }
    }

    @Test
    void renamingChangesTheTitleOfTheSession() throws Exception {
        try (NativeClient client = server.subscribe(session, null)) {
            client.sendRequest("rename_session", Map.of("title", "Bay windows"));
            assertThat(answer(client, "rename_session").path("subtype").asText())
                    .isEqualTo("success");
        }
        assertThat(server.session(session).path("title").asText()).isEqualTo("Bay windows");
    }

    @Test
    void aHookIsSentToTheClientThatDeclaredItAndFailsClosed() throws Exception {
        try (NativeClient other = server.subscribe(session, null)) {
            ScriptedAgent agent;
            CompletableFuture<ObjectNode> late;
            String hook;
            try (NativeClient client = server.subscribe(session, null)) {
                turn(client, 0, 1);
                client.sendRequest(
                        "initialize",
                        Map.of(
                                "hooks",
                                Map.of(
                                        "PreToolUse",
                                        List.of(Map.of("hookCallbackIds", List.of("mine"))))));
                // A running agent would ignore it; the next one starts with it.
                assertThat(answer(client, "initialize").path("subtype").asText())
                        .isEqualTo("success");
                client.sendPrompt("go");
                agent = provider.awaitAgent(1, 1);
                String id =
                        agent.launch()
                                .clients()
                                .declarations()
                                .at("/hooks/PreToolUse/0/hookCallbackIds/0")
                                .asText();
                var allowed = agent.requestClient("hook-1", hook(id));
                JsonNode receivedSubtypes = client.await("control_request");
                assertThat(receivedSubtypes.at("/request/callback_id").asText()).isEqualTo("mine");
                client.sendDecision(
                        "hook-1", "{\"hookSpecificOutput\":{\"permissionDecision\":\"allow\"}}");
                assertThat(
                                allowed.get()
                                        .at("/response/hookSpecificOutput/permissionDecision")
                                        .asText())
                        .isEqualTo("allow");

                var failed = agent.requestClient("hook-2", hook(id));
                client.await(f -> f.path("request_id").asText().equals("hook-2"), "the hook");
                client.send(
                        "{\"type\":\"control_response\",\"response\":{\"subtype\":\"error\","
                                + "\"request_id\":\"hook-2\",\"error\":\"no\"}}");
                assertThat(decision(failed.get())).isEqualTo("deny");

                var left = agent.requestClient("hook-3", hook(id));
                client.await(f -> f.path("request_id").asText().equals("hook-3"), "the hook");
                late = left;
                hook = id;
            }
            // The client has left.
            assertThat(decision(late.get())).isEqualTo("deny");
            assertThat(decision(agent.requestClient("hook-4", hook(hook)).get())).isEqualTo("deny");
            assertThat(other.frames().toString()).doesNotContain("hook_callback");
            agent.emitInit();
            agent.emitResult();
            other.sendPrompt("again");
            assertThat(provider.awaitAgent(2, 1).launch().clients().declarations()).isEmpty();
        }
    }

    private static ObjectNode hook(String id) {
        ObjectNode request = Json.object().put("subtype", "hook_callback").put("callback_id", id);
        request.putObject("input").put("hook_event_name", "PreToolUse").put("tool_name", "Bash");
        return request;
    }

    private static String decision(ObjectNode response) {
        return response.at("/response/hookSpecificOutput/permissionDecision").asText();
    }

    @Test
    void aHookDeniesAfterATimeout() throws Exception {
        try (NativeClient client = server.subscribe(session, null)) {
            client.sendRequest(
                    "initialize",
                    Map.of(
                            "hooks",
                            Map.of(
                                    "PreToolUse",
                                    List.of(
                                            Map.of(
                                                    "hookCallbackIds",
                                                    List.of("slow"),
                                                    "timeout",
                                                    0.05)))));
            answer(client, "initialize");
            client.sendPrompt("go");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            String id =
                    agent.launch()
                            .clients()
                            .declarations()
                            .at("/hooks/PreToolUse/0/hookCallbackIds/0")
                            .asText();
            assertThat(decision(agent.requestClient("hook-1", hook(id)).get())).isEqualTo("deny");
        }
    }

    @Test
    void mcpMessagesAreSentToTheClientThatRunsTheServer() throws Exception {
        try (NativeClient client = server.subscribe(session, null)) {
            client.sendRequest("initialize", Map.of("sdkMcpServers", List.of("board")));
            answer(client, "initialize");
            client.sendPrompt("go");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            assertThat(agent.launch().clients().declarations().path("sdkMcpServers").toString())
                    .isEqualTo("[\"board\"]");
            ObjectNode request =
                    Json.object().put("subtype", "mcp_message").put("server_name", "board");
            request.putObject("message").put("method", "tools/list").put("id", 1);
            var reply = agent.requestClient("mcp-1", request);
            client.await(f -> f.path("request_id").asText().equals("mcp-1"), "the message");
            client.sendDecision("mcp-1", "{\"mcp_response\":{\"id\":1,\"result\":{}}}");
            assertThat(reply.get().at("/response/mcp_response/id").asInt()).isEqualTo(1);
        }
    }

    @Test
    void declarationsAreRejectedWhileATurnRuns() {
        try (NativeClient client = server.subscribe(session, null)) {
            client.sendPrompt("go");
            provider.awaitAgent(0, 1).emitInit();
            client.await("system");
            client.sendRequest("initialize", Map.of("sdkMcpServers", List.of("board")));
            assertThat(answer(client, "initialize").path("error_code").asText()).isEqualTo("busy");
        }
    }

    @Test
    void anElicitationIsSentToTheOwnerAndTheReplyToTheAgent() {
        try (NativeClient client = server.subscribe(session, null)) {
            client.sendPrompt("go");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emitInit();
            agent.emit(
                    "{\"type\":\"control_request\",\"request_id\":\"e1\","
                            + "\"request\":{\"subtype\":\"elicitation\",\"mcp_server_name\":\"m\","
                            + "\"message\":\"Name?\"}}");
            client.await(f -> f.path("request_id").asText().equals("e1"), "the elicitation");
            client.sendDecision("e1", "{\"behavior\":\"allow\"}");
            assertThat(client.await("error").toString()).contains("action must be");
            client.sendDecision("e1", "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");
            client.await(
                    f ->
                            f.at("/session/state").asText().equals("running")
                                    && agent.responses().size() == 1,
                    "the answer");
            assertThat(agent.responses().getFirst().toString()).contains("Ada");
        }
    }
}
