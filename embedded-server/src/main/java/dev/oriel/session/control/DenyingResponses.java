package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;

/// Responses to the agent when the client that declared to handle a request does not: nothing is
/// allowed.
///
/// The CLI takes an error of a hook for "no objection", so an error is not a response for a hook
/// that may forbid something.
final class DenyingResponses {
    private DenyingResponses() {}

    /// @param request the inner object
    /// @param why one sentence for the user
    static ObjectNode responseTo(JsonNode request, String why) {
        return switch (request.path("subtype").asText()) {
            case ControlSubtype.HOOK_CALLBACK ->
                    hook(request.path("input").path("hook_event_name").asText(), why);
            case ControlSubtype.MCP_MESSAGE -> mcp(request.path("message"), why);
            default -> Json.object().put("subtype", ControlSubtype.ERROR).put("error", why);
        };
    }

    private static ObjectNode hook(String event, String why) {
        ObjectNode output = Json.object();
        switch (event) {
            case "PreToolUse" ->
                    output.putObject("hookSpecificOutput")
                            .put("hookEventName", event)
                            .put("permissionDecision", "deny")
                            .put("permissionDecisionReason", why);
            case "PermissionRequest" ->
                    output.putObject("hookSpecificOutput")
                            .put("hookEventName", event)
                            .putObject("decision")
                            .put("behavior", "deny")
                            .put("message", why);
            case "UserPromptSubmit" -> output.put("decision", "block").put("reason", why);
            case "PreCompact", "ConfigChange" -> output.put("decision", "block").put("reason", why);
            default -> {
                // It has happened already, or blocking it would keep the turn from ending.
            }
        }
        ObjectNode response = Json.object().put("subtype", ControlSubtype.SUCCESS);
        response.set("response", output);
        return response;
    }

    private static ObjectNode mcp(JsonNode message, String why) {
        ObjectNode reply = Json.object().put("jsonrpc", "2.0");
        if (message.has("id")) {
            reply.set("id", message.get("id"));
            reply.putObject("error").put("code", -32_000).put("message", why);
        } else {
            reply.putObject("result");
        }
        ObjectNode response = Json.object().put("subtype", ControlSubtype.SUCCESS);
        response.putObject("response").set("mcp_response", reply);
        return response;
    }
}
