package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.ResultSubtype;

/// Messages that Oriel writes in the agent's place or to the agent, in the shapes of the CLI. Pure.
final class AgentMessages {
    private AgentMessages() {}

    /// The `result` of a prompt that the agent never started. Journaled.
    static Message promptNotTaken() {
        ObjectNode m = failedResult();
        m.put("result", "Claude did not accept this message. Send it again.");
        return Message.of(m.put("oriel_not_taken", true));
    }

    /// The `result` of a message that was interrupted before the agent started a turn for it.
    /// Journaled.
    static Message promptInterrupted() {
        return Message.of(failedResult().put("terminal_reason", "aborted_streaming"));
    }

    private static ObjectNode failedResult() {
        return Json.object()
                .put("type", MessageType.RESULT)
                .put("subtype", ResultSubtype.ERROR_DURING_EXECUTION)
                .put("is_error", true)
                .put("num_turns", 0);
    }

    /// A reply that denies a permission.
    static Message denial(String requestId, String reason) {
        ObjectNode response = response(requestId);
        response.putObject("response").put("behavior", "deny").put("message", reason);
        return wrap(response);
    }

    /// A reply to an elicitation that nobody can answer; nobody declined it.
    static Message cancelledElicitation(String requestId) {
        ObjectNode response = response(requestId);
        response.putObject("response").put("action", "cancel");
        return wrap(response);
    }

    private static ObjectNode response(String requestId) {
        return Json.object().put("subtype", ControlSubtype.SUCCESS).put("request_id", requestId);
    }

    private static Message wrap(ObjectNode response) {
        ObjectNode m = Json.object().put("type", MessageType.CONTROL_RESPONSE);
        m.set("response", response);
        return Message.of(m);
    }
}
