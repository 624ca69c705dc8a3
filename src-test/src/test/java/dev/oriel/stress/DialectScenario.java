package dev.oriel.stress;

import dev.oriel.message.Json;
import dev.oriel.testing.client.NativeClient;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/// The five dialects: their paths, frames of their clients, and a client that uses them correctly.
enum DialectScenario {
    ENHANCED(
            "{\"type\":\"query\",\"prompt\":\"hello"
                    + " …\",\"options\":{\"allowed_tools\":[\"Read\"],\"permission_mode\":\"plan\","
                    + "\"max_thinking_tokens\":8000,\"model\":null,\"cwd\":\"/tmp\","
                    + "\"continue_conversation\":false,\"resume\":null}}",
            "{\"type\":\"query\",\"prompt\":\"again\"}",
            "{\"type\":\"interrupt\"}",
            "{\"type\":\"input\",\"text\":\"more 👋 …\"}",
            "{\"type\":\"ping\"}",
            "{\"type\":\"get_tools\",\"name\":\"Bash\",\"limit\":3}",
            "{\"type\":\"define_tool\",\"tool\":{\"name\":\"t\",\"description\":\"d…\","
                    + "\"parameters\":{}},\"agent_id\":\"a\"}",
            "{\"type\":\"tool_output\",\"call_id\":\"x\",\"output\":\"…\"}",
            "{\"type\":\"batch\",\"messages\":[{\"type\":\"ping\"},{\"type\":\"query\","
                    + "\"prompt\":\"a\"},{\"type\":\"input\",\"text\":\"b\"}]}") {
        @Override
        String path(StressServer server, UUID session) {
            return "/enhanced/ws";
        }

        @Override
        void converse(StressServer server) {
            try (NativeClient client = connect(server, null)) {
                client.await("connection_established");
                var query = Json.object().put("type", "query").put("prompt", "go");
                query.putObject("options").put("cwd", server.folder().toString());
                client.send(query.toString());
                client.await("query_end");
                count(client, "assistant_message");
            }
        }
    },
    RELAY(
            "{\"type\":\"user_message\",\"data\":{\"type\":\"user\",\"session_id\":\"\","
                    + "\"message\":{\"role\":\"user\",\"content\":\"Bonjour"
                    + " é 窓 …\"}}}",
            "{\"type\":\"user_message\",\"data\":{\"type\":\"user\","
                + "\"uuid\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a02\",\"message\":{\"role\":\"user\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"x…\"}]}}}",
            "{\"type\":\"interrupt\",\"because\":\"…\"}") {
        @Override
        String path(StressServer server, UUID session) {
            return "/relay/ws";
        }

        @Override
        void converse(StressServer server) {
            try (NativeClient client = connect(server, null)) {
                client.await("connected");
                String word = "word-" + UUID.randomUUID();
                var frame = Json.object().put("type", "user_message");
                var data = frame.putObject("data").put("type", "user").put("session_id", "");
                data.putObject("message").put("role", "user").put("content", word);
                client.send(frame.toString());
                client.await(
                        f -> f.at("/data/type").asText().equals("result"),
                        "result of a relay's prompt");
            }
        }
    },
    ONESHOT(
            "{\"prompt\":\"Hello …\"}",
            "{\"prompt\":\"Bonjour é 窓 …\",\"meta\":\"TASK-1\"}",
            "{\"prompt\":\"Too long for anybody ………………………………………\"}") {
        @Override
        String path(StressServer server, UUID session) {
            return "/ws/claude";
        }

        @Override
        void converse(StressServer server) {
            try (NativeClient client = connect(server, null)) {
                client.send("{\"prompt\":\"go\"}");
                int code = client.awaitClosed().code();
                if (code != 1000) {
                    throw new StressFailure("a run ended with " + code + ": " + client.texts());
                }
                count(client, "assistant");
            }
        }
    },
    NATIVE(
            "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"Hello 窓 …\"}}",
            "{\"type\":\"user\",\"uuid\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a02\","
                + "\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"…\"}]}}",
            "{\"type\":\"control_request\",\"request_id\":\"a\","
                + "\"request\":{\"subtype\":\"interrupt\",\"cancel_queued\":true,\"because\":\"…\"}}",
            "{\"type\":\"control_request\",\"request_id\":\"b\","
                    + "\"request\":{\"subtype\":\"set_permission_mode\",\"mode\":\"plan\"}}",
            "{\"type\":\"control_request\",\"request_id\":\"c\","
                    + "\"request\":{\"subtype\":\"initialize\",\"hooks\":null,\"more\":\"…\"}}",
            "{\"type\":\"control_request\",\"request_id\":\"f\","
                    + "\"request\":{\"subtype\":\"apply_flag_settings\","
                    + "\"settings\":{\"effortLevel\":\"high\"}}}",
            "{\"type\":\"control_request\",\"request_id\":\"g\","
                + "\"request\":{\"subtype\":\"mcp_set_servers\",\"servers\":{\"a\":{\"type\":\"http\","
                + "\"url\":\"http://127.0.0.1:1/\"}}}}",
            "{\"type\":\"control_request\",\"request_id\":\"d\","
                    + "\"request\":{\"subtype\":\"cancel_async_message\","
                    + "\"message_uuid\":\"6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a02\"}}",
            "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\","
                + "\"request_id\":\"e\",\"response\":{\"behavior\":\"deny\",\"message\":\"…\"}}}",
            "{\"type\":\"define_tool\",\"tool\":{\"name\":\"t\",\"description\":\"d"
                + " …\",\"parameters\":{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"string\"}}}}}",
            "{\"type\":\"tool_output\",\"call_id\":\"x\",\"output\":\"…\",\"is_error\":true}",
            "{\"type\":\"auth\",\"token\":\"…\"}",
            "{\"type\":\"keep_alive\"}") {
        @Override
        String path(StressServer server, UUID session) {
            return "/v1/sessions/ws/" + session + "/subscribe";
        }

        @Override
        void converse(StressServer server) throws IOException {
            UUID session = server.newSession();
            try (NativeClient client = connect(server, session)) {
                client.sendPrompt("go");
                client.await("result");
                client.awaitState("idle");
                count(client, "assistant");
            }
            server.exchange("DELETE", "/v1/sessions/" + session, "");
        }
    },
    MANAGER(
            "{\"type\":\"create_session\",\"session_id\":\"00000000-0000-4000-8000-000000000001\",\"options\":{}}",
            "{\"type\":\"create_session\",\"options\":{\"system_prompt\":\"s…\","
                + "\"tools\":[\"Read\",\"Search\"],\"working_directory\":\"/tmp\",\"max_tokens\":10,"
                + "\"temperature\":0.5,\"permission_mode\":\"default\"}}",
            "{\"type\":\"send_prompt\",\"session_id\":\"00000000-0000-4000-8000-000000000001\",\"prompt\":\"hello"
                + " 👋 …\"}",
            "{\"type\":\"end_session\",\"session_id\":\"00000000-0000-4000-8000-000000000001\"}",
            "{\"type\":\"interrupt_session\",\"session_id\":\"00000000-0000-4000-8000-000000000001\"}",
            "{\"type\":\"load_messages\",\"session_id\":\"00000000-0000-4000-8000-000000000001\","
                    + "\"limit\":5,\"offset\":0}",
            "{\"type\":\"add_always_allow_rule\",\"session_id\":\"00000000-0000-4000-8000-00000000"
                    + "0001\",\"rule\":{\"tool\":\"Bash\",\"command_prefix\":\"…\"}}",
            "{\"type\":\"kill_all_agents\"}",
            "{\"type\":\"list_sessions\"}",
            "{\"type\":\"ping\",\"timestamp\":\"2026-01-02T03:04:05.000006+01:00\"}",
            "{\"type\":\"permission_response\",\"session_id\":\"00000000-0000-4000-8000-0000000000"
                    + "01\",\"request_id\":\"a\",\"approved\":true,\"reason\":\"…\"}",
            "{\"type\":\"auth\",\"token\":\"x\"}") {
        @Override
        String path(StressServer server, UUID session) {
            return "/manager/ws?token=" + StressServer.MANAGER_KEY;
        }

        @Override
        void converse(StressServer server) {
            String id = UUID.randomUUID().toString();
            try (NativeClient client = connect(server, null)) {
                // A client before this one may have used all ten sessions.
                client.send("{\"type\":\"kill_all_agents\"}");
                client.await("agents_killed");
                var create = Json.object().put("type", "create_session").put("session_id", id);
                create.putObject("options").put("working_directory", server.folder().toString());
                client.send(create.toString());
                client.await("session_created");
                var prompt = Json.object().put("type", "send_prompt").put("session_id", id);
                client.send(prompt.put("prompt", "go").toString());
                client.await(
                        f ->
                                f.path("type").asText().equals("agent_message")
                                        && f.path("complete").asBoolean(),
                        "end of a manager's answer");
                client.send(
                        Json.object()
                                .put("type", "delete_session")
                                .put("session_id", id)
                                .toString());
                client.await("session_deleted");
            }
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    private final List<String> sense;

    DialectScenario(String... sense) {
        this.sense = List.of(sense);
    }

    /// Valid frames of a client; see [dev.oriel.testing.data.RandomFrames#LONG].
    String[] validFrames() {
        return sense.toArray(new String[0]);
    }

    abstract String path(StressServer server, UUID session);

    /// Connects, sends one prompt, receives its answer, and disconnects. Throws if any of that
    /// fails.
    abstract void converse(StressServer server) throws IOException;

    NativeClient connect(StressServer server, UUID session) {
        return NativeClient.connect(server.port(), path(server, session), server.bearer());
    }

    private static void count(NativeClient client, String type) {
        if (client.frames().stream().noneMatch(f -> f.path("type").asText().equals(type))) {
            throw new StressFailure("no answer in " + client.texts());
        }
    }
}
