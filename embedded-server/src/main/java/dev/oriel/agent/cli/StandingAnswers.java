package dev.oriel.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.Optional;

/// Answers to those of the CLI's requests that no person is asked about. An unanswered one would
/// stop the turn for ever.
final class StandingAnswers {
    private StandingAnswers() {}

    /// @param request a `control_request` of the CLI's
    /// @return the whole `control_response`, or empty if a person has to answer (`can_use_tool`)
    static Optional<byte[]> to(Message request) {
        return switch (request.subtype()) {
            case "can_use_tool" -> Optional.empty();
            case "elicitation" ->
                    Optional.of(success(request, Json.object().put("action", "decline")));
            case "request_user_dialog" ->
                    Optional.of(success(request, Json.object().put("behavior", "cancelled")));
            case null, default ->
                    Optional.of(error(request, "This host does not support such a request."));
        };
    }

    /// @param answer the inner object
    static byte[] success(Message request, ObjectNode answer) {
        ObjectNode response = Json.object().put("subtype", "success");
        response.put("request_id", request.requestId());
        response.set("response", answer);
        return envelope(response);
    }

    private static byte[] error(Message request, String text) {
        ObjectNode response = Json.object().put("subtype", "error");
        response.put("request_id", request.requestId());
        return envelope(response.put("error", text));
    }

    private static byte[] envelope(ObjectNode response) {
        ObjectNode whole = Json.object().put("type", "control_response");
        whole.set("response", response);
        return Json.bytes(whole);
    }
}
