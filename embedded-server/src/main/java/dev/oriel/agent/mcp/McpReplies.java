package dev.oriel.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;

/// Answers that the MCP library does not give: to what is no request, and before it is asked.
public final class McpReplies {
    /// JSON-RPC's code for it.
    public static final int METHOD_NOT_FOUND = -32601;

    private McpReplies() {}

    /// Notifications are answered too: the CLI waits half a minute for it otherwise.
    public static ObjectNode acknowledged() {
        ObjectNode reply = Json.object().put("jsonrpc", "2.0");
        reply.putObject("result");
        return reply;
    }

    /// @param request whose id the answer bears; a notification is just acknowledged
    public static ObjectNode failure(JsonNode request, int code, String why) {
        if (!request.has("id")) {
            return acknowledged();
        }
        ObjectNode reply = Json.object().put("jsonrpc", "2.0");
        reply.set("id", request.get("id"));
        reply.putObject("error").put("code", code).put("message", why);
        return reply;
    }
}
