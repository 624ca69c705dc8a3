package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Frames of the server, with their members in order (wire.md 5.4).
final class ManagerFrames {
    private ManagerFrames() {}

    static ObjectNode authSuccess() {
        return of("auth_success");
    }

    /// An error during the login, which has no other members.
    static ObjectNode loginError(String message) {
        return of("error").put("message", message);
    }

    static ObjectNode error(String message, @Nullable UUID session) {
        return of("error")
                .put("message", message)
                .put("session_id", session == null ? null : session.toString())
                .putNull("details");
    }

    static ObjectNode sessionCreated(UUID id, ObjectNode session) {
        ObjectNode frame = of("session_created").put("session_id", id.toString());
        frame.set("session", session);
        return frame;
    }

    static ObjectNode sessionEnded(UUID id) {
        return of("session_ended").put("session_id", id.toString());
    }

    static ObjectNode sessionsList(List<ObjectNode> sessions) {
        ObjectNode frame = of("sessions_list");
        frame.putArray("sessions").addAll(sessions);
        return frame;
    }

    static ObjectNode thinking(UUID session, boolean thinking) {
        return of("agent_thinking").put("thinking", thinking).put("session_id", session.toString());
    }

    /// A part of an answer, or its end.
    static ObjectNode message(UUID session, String content, boolean complete, UUID messageId) {
        return of("agent_message")
                .put("content", content)
                .put("complete", complete)
                .put("session_id", session.toString())
                .put("message_id", messageId.toString());
    }

    /// A whole message, in the form of the third generation.
    static ObjectNode message(UUID session, ObjectNode content) {
        ObjectNode frame = of("agent_message").put("session_id", session.toString());
        frame.set("content", content);
        return frame;
    }

    /// The end of an answer whose text was sent before.
    static ObjectNode end(UUID session) {
        return of("agent_message")
                .put("content", "")
                .put("complete", true)
                .put("session_id", session.toString());
    }

    static ObjectNode toolUse(UUID session, JsonNode block) {
        ObjectNode frame =
                of("agent_tool_use")
                        .put("tool", ManagerTool.wireNameOf(block.path("name").asText()));
        JsonNode input = objectOrNone(block.path("input"));
        frame.set("parameters", input);
        frame.put("tool_use_id", block.path("id").textValue())
                .put("session_id", session.toString());
        frame.set("input", input);
        return frame;
    }

    static ObjectNode agentsKilled(List<UUID> sessions) {
        ObjectNode frame = of("agents_killed").put("killed_count", sessions.size());
        var ended = frame.putArray("sessions_ended");
        sessions.forEach(s -> ended.add(s.toString()));
        return frame;
    }

    /// As [#agentsKilled], in the form of the third generation.
    static ObjectNode allKilled(int count) {
        return of("kill_all_agents_response")
                .put("count", count)
                .put("message", "Ended %d agent sessions".formatted(count));
    }

    static ObjectNode sessionInterrupted(UUID session) {
        return of("session_interrupted")
                .put("session_id", session.toString())
                .put("status", "interrupted");
    }

    static ObjectNode sessionDeleted(UUID session) {
        return of("session_deleted").put("session_id", session.toString()).put("status", "deleted");
    }

    static ObjectNode rulesList(UUID session, List<AllowRule> rules) {
        ObjectNode frame = of("always_allow_rules_list").put("session_id", session.toString());
        var array = frame.putArray("rules");
        rules.forEach(r -> array.add(r.toJson()));
        return frame;
    }

    /// Adds the third generation's names of a permission request's members.
    static ObjectNode withPermissionId(ObjectNode permissionRequest) {
        permissionRequest
                .put("permission_id", permissionRequest.path("request_id").asText())
                .put("action", "use_tool")
                .set("details", permissionRequest.path("parameters"));
        return permissionRequest;
    }

    static ObjectNode permissionRequest(UUID session, String request, String tool, JsonNode input) {
        ObjectNode frame =
                of("permission_request")
                        .put("session_id", session.toString())
                        .put("request_id", request)
                        .put("tool", ManagerTool.wireNameOf(tool));
        frame.set("parameters", objectOrNone(input));
        return frame.put("description", description(ManagerTool.wireNameOf(tool), input));
    }

    static ObjectNode permissionAcknowledged(
            UUID session, String request, String tool, boolean approved) {
        return of("permission_acknowledged")
                .put("session_id", session.toString())
                .put("request_id", request)
                .put("approved", approved)
                .put("tool", ManagerTool.wireNameOf(tool))
                .put("status", approved ? "executing" : "denied");
    }

    static ObjectNode pong(String timestamp) {
        return of("pong").put("timestamp", timestamp);
    }

    private static ObjectNode of(String type) {
        return Json.object().put("type", type);
    }

    private static JsonNode objectOrNone(JsonNode node) {
        return node.isObject() ? node : Json.object();
    }

    /// For the user: what the tool would do, with its most important argument.
    private static String description(String tool, JsonNode input) {
        for (String telling : List.of("command", "file_path", "url", "path", "query")) {
            if (input.path(telling).isTextual()) {
                return "Claude wants to use %s: %s".formatted(tool, input.path(telling).asText());
            }
        }
        return "Claude wants to use %s.".formatted(tool);
    }
}
