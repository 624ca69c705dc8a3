package dev.oriel.session;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static dev.oriel.testing.claude.RealClaudeServer.bash;
import static dev.oriel.testing.claude.RealClaudeServer.resolveAsk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.session.control.ControlEffect;
import dev.oriel.session.control.ControlRules;
import dev.oriel.testing.claude.ElicitingMcpServer;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaudeServer;
import dev.oriel.testing.client.NativeClient;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Control requests that clients send to the real CLI, and what the CLI then asks of them.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlRealCliJourneyTest {
    /// Old versions start slowly on a busy machine.
    private static final Duration LONG = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // started before the first test
    private RealClaudeServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server =
                RealClaudeServer.in(
                        folder,
                        c -> c,
                        Map.of("ORIEL_JWT_SECRET", "of-the-server", "OTHERS_OWN", "of-the-user"));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void forget() {
        server.api().clearQueue();
    }

    private NativeClient client() throws Exception {
        return server.server().subscribe(server.session(), 0L);
    }

    private String toldAtLast() {
        return server.api().requests().getLast().lastUserText();
    }

    private static JsonNode asked(NativeClient client, String subtype, Map<String, ?> members) {
        client.sendRequest(subtype, members);
        return client.await(
                        f -> f.at("/response/request_id").asText().equals(subtype),
                        "the answer to " + subtype)
                .path("response");
    }

    private static Map<String, ?> members(String subtype) {
        return switch (subtype) {
            case "set_model" -> Map.of("model", "haiku");
            case "set_permission_mode" -> Map.of("mode", "default");
            case "rename_session" -> Map.of("title", "Bay windows");
            case "oriel_reorder_queue" -> Map.of("message_uuids", List.of());
            case "cancel_async_message", "oriel_send_now", "oriel_steer" ->
                    Map.of("message_uuid", UUID.randomUUID().toString());
            case "get_task_output", "stop_task" -> Map.of("task_id", "none");
            case "background_tasks" -> Map.of("tool_use_id", "none");
            case "file_suggestions" -> Map.of("query", "a");
            case "get_context_usage" -> Map.of("mode", "summary");
            case "rewind_files" ->
                    Map.of("user_message_id", UUID.randomUUID().toString(), "dry_run", true);
            case "mcp_oauth_callback_url" ->
                    Map.of("serverName", "none", "callbackUrl", "http://localhost/?code=a");
            case "mcp_reconnect", "mcp_authenticate", "mcp_clear_auth" ->
                    Map.of("serverName", "none");
            case "mcp_toggle" -> Map.of("serverName", "none", "enabled", true);
            case "mcp_set_servers" -> Map.of("servers", Map.of());
            case "apply_flag_settings" -> Map.of("settings", Map.of("effortLevel", "low"));
            case "set_max_thinking_tokens" -> Map.of("max_thinking_tokens", 2_000);
            case "set_cwd" -> Map.of("path", "/");
            case "update_settings" -> Map.of("settings", Map.of());
            default -> Map.of();
        };
    }

    /// Errors that the CLI may report for things that do not exist.
    private static final List<String> WITHOUT_OBJECT =
            List.of(
                    "get_task_output",
                    "stop_task",
                    "mcp_reconnect",
                    "mcp_authenticate",
                    "mcp_oauth_callback_url",
                    "mcp_clear_auth",
                    "mcp_toggle",
                    "oriel_send_now",
                    "oriel_steer");

    @Test
    void theCliAcceptsOrRefusesEveryListedRequest() throws Exception {
        boolean current = isAtLeast("2.1.332");
        try (NativeClient client = client()) {
            awaitResult(client, client.sendPrompt("Hello"));
            ControlRules.effects()
                    .forEach((subtype, effect) -> {
                        JsonNode answer = asked(client, subtype, members(subtype));
                        String error = answer.path("error").asText();
                        if (effect == ControlEffect.REFUSED) {
                            assertThat(answer.path("error_code").asText())
                                    .as(subtype)
                                    .isEqualTo("forbidden");
                        } else if (error.startsWith("Unsupported control request")) {
                            // Added after an old version.
                            assertThat(current).as(subtype).isFalse();
                            assertThat(effect).as(subtype).isNotEqualTo(ControlEffect.CHANGE);
                        } else if (!WITHOUT_OBJECT.contains(subtype)) {
                            assertThat(answer.path("subtype").asText())
                                    .as(subtype)
                                    .isEqualTo("success");
                        }
                    });
            client.sendRequest(
                    "apply_flag_settings",
                    Map.of("settings", Map.of("permissions", Map.of("allow", List.of("Bash")))));
            client.await(
                    f ->
                            f.at("/response/request_id").asText().equals("apply_flag_settings")
                                    && f.at("/response/subtype").asText().equals("error"),
                    "the refusal");
            server.api()
                    .enqueue(FakeReply.toolUse("Bash", bash("make it")), FakeReply.text("Done."));
            UUID prompt = client.sendPrompt("Go");
            resolveAsk(client, server.awaitAsk(client), false);
            awaitResult(client, prompt);
            assertThat(client.frames().toString()).contains("Settings changed: effort low");
        }
    }

    private boolean isAtLeast(String version) throws Exception {
        return Version.parse(server.real().version()).compareTo(Version.parse(version)) >= 0;
    }

    @Test
    void anElicitationOfAClientsMcpServerIsAnsweredByTheUser() throws Exception {
        try (NativeClient client = client()) {
            awaitResult(client, client.sendPrompt("Hello"));
            JsonNode set =
                    asked(
                            client,
                            "mcp_set_servers",
                            Map.of("servers", Map.of("desk", ElicitingMcpServer.configuration())));
            assertThat(set.at("/response/added").toString()).contains("desk");
            server.api()
                    .enqueue(FakeReply.toolUse("mcp__desk__ask", "{}"), FakeReply.text("Done."));
            UUID prompt = client.sendPrompt("Ask");
            resolveAsk(client, server.awaitAsk(client), true);
            JsonNode asked =
                    client.await(
                            f -> f.at("/request/subtype").asText().equals("elicitation"),
                            "the elicitation");
            client.sendDecision(
                    asked.path("request_id").asText(),
                    "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");
            awaitResult(client, prompt);
            assertThat(toldAtLast()).contains("accept", "Ada");
        }
    }

    @Test
    void theCliCallsAClientsHookAndAClientsMcpServer() throws Exception {
        try (NativeClient client = client()) {
            asked(
                    client,
                    "initialize",
                    Map.of(
                            "hooks",
                            Map.of(
                                    "PreToolUse",
                                    List.of(
                                            Map.of(
                                                    "matcher",
                                                    "Bash",
                                                    "hookCallbackIds",
                                                    List.of("mine")))),
                            "sdkMcpServers",
                            List.of("board")));
            server.api()
                    .enqueue(
                            FakeReply.toolUse("Bash", bash("touch hooked")),
                            FakeReply.toolUse("mcp__board__add", "{\"text\":\"milk\"}"),
                            FakeReply.text("Done."));
            UUID prompt = client.sendPrompt("Go");
            ClientsServer board = new ClientsServer(client);
            JsonNode hook = board.serveUntil("hook_callback");
            assertThat(hook.at("/request/callback_id").asText()).isEqualTo("mine");
            ObjectNode no = Json.object();
            no.putObject("hookSpecificOutput")
                    .put("hookEventName", "PreToolUse")
                    .put("permissionDecision", "deny")
                    .put("permissionDecisionReason", "Not on my watch.");
            client.sendDecision(hook.path("request_id").asText(), no.toString());
            JsonNode ask = board.serveUntil("can_use_tool");
            assertThat(ask.at("/request/tool_name").asText()).isEqualTo("mcp__board__add");
            resolveAsk(client, ask, true);
            board.serveUntil("tools/call");
            awaitResult(client, prompt);
            assertThat(server.project().resolve("hooked")).doesNotExist();
            assertThat(server.api().requests().getLast().body().toString())
                    .contains("Not on my watch.", "noted milk");
        }
    }

    /// An MCP server that a client runs.
    private static final class ClientsServer {
        private final NativeClient client;
        private final Set<String> answered = new HashSet<>();

        ClientsServer(NativeClient client) {
            this.client = client;
        }

        /// Replies to the server's requests until another request, or the named method, arrives.
        JsonNode serveUntil(String wanted) {
            while (true) {
                JsonNode request =
                        client.await(
                                f ->
                                        f.path("type").asText().equals("control_request")
                                                && !answered.contains(
                                                        f.path("request_id").asText()),
                                wanted);
                answered.add(request.path("request_id").asText());
                if (request.at("/request/subtype").asText().equals(wanted)) {
                    return request;
                }
                JsonNode message = request.at("/request/message");
                ObjectNode reply = Json.object().put("jsonrpc", "2.0");
                reply.set("id", message.get("id"));
                reply.set("result", result(message));
                ObjectNode answer = Json.object();
                answer.set("mcp_response", reply);
                client.sendDecision(request.path("request_id").asText(), answer.toString());
                if (message.path("method").asText().equals(wanted)) {
                    return request;
                }
            }
        }

        private static ObjectNode result(JsonNode message) {
            ObjectNode result = Json.object();
            switch (message.path("method").asText()) {
                case "initialize" -> {
                    result.set("protocolVersion", message.at("/params/protocolVersion"));
                    result.putObject("capabilities").putObject("tools");
                    result.putObject("serverInfo").put("name", "board").put("version", "1");
                }
                case "tools/list" -> {
                    ObjectNode tool = result.putArray("tools").addObject();
                    tool.put("name", "add").put("description", "Adds a note");
                    tool.putObject("inputSchema").put("type", "object");
                    tool.putObject("_meta").put("anthropic/alwaysLoad", true);
                }
                case "tools/call" ->
                        result.putArray("content")
                                .addObject()
                                .put("type", "text")
                                .put(
                                        "text",
                                        "noted " + message.at("/params/arguments/text").asText());
                default -> {
                    // A notification.
                }
            }
            return result;
        }
    }

    /// A guest's allowed tools hold for its own queries only, also rules with parentheses, and its
    /// commands do not see Oriel's own variables.
    @Test
    void aGuestsAllowedToolsDoNotHoldForTheOwnersPrompts() throws Exception {
        String command = "echo $(printenv) now";
        server.api()
                .enqueue(
                        FakeReply.toolUse("Bash", bash(command)),
                        FakeReply.text("Done."),
                        FakeReply.toolUse("Bash", bash(command)),
                        FakeReply.text("Not done."));
        try (NativeClient guest =
                NativeClient.connect(
                        server.server().port(),
                        "/enhanced/ws",
                        "Authorization: Bearer " + server.server().server().token())) {
            ObjectNode query = Json.object().put("type", "query").put("prompt", "Go");
            ObjectNode options = query.putObject("options");
            options.put("cwd", server.project().toString());
            options.putArray("allowed_tools").add("Read, Bash(" + command + ")");
            guest.send(query.toString());
            guest.await("query_end");
            assertThat(toldAtLast())
                    .contains("of-the-user")
                    .doesNotContain("of-the-server", "ORIEL_JWT_SECRET");

            JsonNode sessions =
                    Json.mapper()
                            .readTree(server.server().call("GET", "/v1/sessions", null).body());
            String id = "";
            for (JsonNode each : sessions.path("sessions")) {
                if (each.path("origin").asText().equals("enhanced")) {
                    id = each.path("id").asText();
                }
            }
            try (NativeClient owner = server.server().subscribe(UUID.fromString(id), 0L)) {
                UUID prompt = owner.sendPrompt("And now I");
                resolveAsk(owner, server.awaitAsk(owner), false);
                awaitResult(owner, prompt);
                assertThat(toldAtLast()).contains("Not this.");
            }
        }
    }

    /// A folder's hooks and MCP servers before and after it is trusted.
    @Test
    void commandsOfAFolderRunOnlyOnceItIsTrusted() throws Exception {
        Path folder = Files.createDirectories(server.project().resolveSibling("brought"));
        Files.createDirectories(folder.resolve(".claude"));
        Files.writeString(
                folder.resolve(".claude/settings.json"),
                "{\"hooks\":{\"SessionStart\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"touch"
                    + " hook-ran\"}]}]}}");
        Files.writeString(
                folder.resolve(".claude/settings.local.json"),
                "{\"enableAllProjectMcpServers\":true}");
        Files.writeString(
                folder.resolve(".mcp.json"),
                "{\"mcpServers\":{\"own\":{\"command\":\"sh\",\"args\":[\"-c\",\"touch mcp-ran;"
                        + " exec cat >/dev/null\"]}}}");
        Files.writeString(folder.resolve("CLAUDE.md"), "Always whistle.");
        var reply =
                server.server()
                        .call("POST", "/v1/sessions", Json.object().put("cwd", folder.toString()));
        UUID id = UUID.fromString(Json.mapper().readTree(reply.body()).path("id").asText());
        try (NativeClient client = server.server().subscribe(id, 0L)) {
            awaitResult(client, client.sendPrompt("Hello"));
            JsonNode question =
                    client.await(
                            f -> f.at("/request/subtype").asText().equals("oriel_trust"),
                            "the question");
            assertThat(question.toString()).contains("touch hook-ran", "touch mcp-ran");
            assertThat(folder.resolve("hook-ran")).doesNotExist();
            assertThat(folder.resolve("mcp-ran")).doesNotExist();
            assertThat(whistles()).isFalse();

            client.sendDecision(question.path("request_id").asText(), "{\"behavior\":\"allow\"}");
            // The agent without them exits; the next one starts with them.
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> {
                        awaitResult(client, client.sendPrompt("Again"));
                        return Files.exists(folder.resolve("hook-ran"));
                    });
            Awaitility.await().atMost(LONG).until(() -> Files.exists(folder.resolve("mcp-ran")));
            assertThat(whistles()).isTrue();
        }
    }

    private boolean whistles() {
        return server.api().requests().getLast().body().toString().contains("Always whistle.");
    }
}
