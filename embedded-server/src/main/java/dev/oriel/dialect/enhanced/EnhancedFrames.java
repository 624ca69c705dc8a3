package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;

/// Frames that the server sends by itself (wire.md 1.4). [EnhancedMessageFrames] creates those for
/// messages of the agent.
final class EnhancedFrames {
    /// Clients can compare this text.
    static final String QUERY_IN_PROGRESS =
            "A query is already in progress. Use interrupt to stop it.";

    private EnhancedFrames() {}

    static ObjectNode connectionEstablished(String sessionId) {
        ObjectNode frame = frame("connection_established");
        ObjectNode data = frame.putObject("data").put("session_id", sessionId);
        data.putObject("capabilities")
                .put("concurrent_input", true)
                .put("tool_definition", true)
                .put("interrupt_query", true);
        return frame;
    }

    static ObjectNode queryStart(String prompt) {
        return withData("query_start", Json.object().put("prompt", prompt));
    }

    static ObjectNode inputAcknowledged(String text) {
        return withData("input_acknowledged", Json.object().put("text", text));
    }

    static ObjectNode error(String text) {
        return withData("error", Json.object().put("error", text));
    }

    /// A frame without data.
    static ObjectNode frame(String type) {
        return Json.object().put("type", type);
    }

    static ObjectNode withData(String type, JsonNode data) {
        ObjectNode frame = frame(type);
        frame.set("data", data);
        return frame;
    }
}
