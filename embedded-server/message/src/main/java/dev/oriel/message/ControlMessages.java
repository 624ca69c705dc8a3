package dev.oriel.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Builds control messages, in either direction.
public final class ControlMessages {
    private ControlMessages() {}

    /// Builds a `control_request`.
    ///
    /// @param requestId an id that the sender chooses
    /// @param request the inner object, `{"subtype": …}`
    /// @return the message
    public static Message request(String requestId, JsonNode request) {
        ObjectNode message = Json.object().put("type", MessageType.CONTROL_REQUEST);
        message.put("request_id", requestId).set("request", request);
        return Message.of(message);
    }

    /// Builds a `control_response` that reports success.
    ///
    /// @param requestId of the request
    /// @param response the inner object
    /// @return the message
    public static Message success(String requestId, JsonNode response) {
        ObjectNode message = Json.object().put("type", MessageType.CONTROL_RESPONSE);
        message.putObject("response")
                .put("subtype", ControlSubtype.SUCCESS)
                .put("request_id", requestId)
                .set("response", response);
        return Message.of(message);
    }

    /// Builds a `control_cancel_request`.
    ///
    /// @param requestId of the request
    /// @return the message
    public static Message cancel(String requestId) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.CONTROL_CANCEL_REQUEST)
                        .put("request_id", requestId));
    }
}
