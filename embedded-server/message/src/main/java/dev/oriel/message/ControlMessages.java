package dev.oriel.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Builds control messages, in either direction.
public final class ControlMessages {
    private ControlMessages() {}

    /// A `control_request`.
    ///
    /// @param request the inner object, `{"subtype": …}`
    public static Message request(String requestId, JsonNode request) {
        ObjectNode message = Json.object().put("type", MessageType.CONTROL_REQUEST);
        message.put("request_id", requestId).set("request", request);
        return Message.of(message);
    }

    /// A `control_response` that reports success.
    ///
    /// @param response the inner object
    public static Message success(String requestId, JsonNode response) {
        ObjectNode message = Json.object().put("type", MessageType.CONTROL_RESPONSE);
        message.putObject("response")
                .put("subtype", ControlSubtype.SUCCESS)
                .put("request_id", requestId)
                .set("response", response);
        return Message.of(message);
    }

    /// A `control_cancel_request`.
    public static Message cancel(String requestId) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.CONTROL_CANCEL_REQUEST)
                        .put("request_id", requestId));
    }
}
