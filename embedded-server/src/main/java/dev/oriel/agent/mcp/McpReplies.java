package dev.oriel.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;

/// JSON-RPC responses that the MCP library does not create.
public final class McpReplies {
    /// The JSON-RPC error code "Method not found".
    public static final int METHOD_NOT_FOUND = -32601;

    private McpReplies() {}

    /// An empty result, the reply to a notification. Without a reply the CLI waits 30 seconds.
    public static ObjectNode acknowledged() {
        ObjectNode reply = Json.object().put("jsonrpc", "2.0");
        reply.putObject("result");
        return reply;
    }

    /// An error response to `request`; for a notification, which has no id, an empty result.
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
