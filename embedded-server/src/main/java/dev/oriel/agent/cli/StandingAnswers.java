package dev.oriel.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;

/// Lines that answer a request of the CLI's. An unanswered one would stop the turn for ever.
final class StandingAnswers {
    private StandingAnswers() {}

    /// @param answer the inner object
    static byte[] success(Message request, ObjectNode answer) {
        ObjectNode response = Json.object().put("subtype", "success");
        response.set("response", answer);
        return answer(request, response);
    }

    /// To a request that nobody can answer.
    static byte[] unsupported(Message request) {
        return answer(
                request,
                Json.object()
                        .put("subtype", "error")
                        .put("error", "This host does not support such a request."));
    }

    /// @param response without its `request_id`
    static byte[] answer(Message request, ObjectNode response) {
        response.put("request_id", request.requestId());
        ObjectNode whole = Json.object().put("type", "control_response");
        whole.set("response", response);
        return Json.bytes(whole);
    }
}
