package dev.oriel.app.asks.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.scope.AllowChoice;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.Map;

/// The replies to an [Ask] as the CLI expects them. `updatedInput` is always sent, because versions
/// up to 2.1.197 read its absence as a denial.
public final class AskReply {
    /// The text for Claude if the user skips its questions.
    public static final String SKIPPED = "The user does not want to answer this.";

    private AskReply() {}

    public static Message allow(Ask ask) {
        return reply(ask, allowed(ask));
    }

    /// Allows this call, and what was chosen beyond it.
    public static Message allow(Ask ask, AllowChoice choice) {
        ObjectNode response = allowed(ask);
        ArrayNode updates = response.putArray("updatedPermissions");
        choice.updates().forEach(u -> updates.add(u.deepCopy()));
        return reply(ask, response);
    }

    /// @param reason for Claude; blank for none
    public static Message deny(Ask ask, String reason) {
        if (ask.kind() instanceof Elicitation) {
            return answerForm(ask, "decline", Json.object());
        }
        String message =
                !reason.isBlank()
                        ? reason.strip()
                        : ask.canBeAllowed()
                                ? "The user denied this."
                                : "There was no plan to approve. Write the"
                                        + " plan first, then ask again.";
        ObjectNode denial = Json.object().put("behavior", "deny").put("message", message);
        if (ask.tool().equals("McpServer")) {
            // Distinguishes the user's decision, which is kept, from a program's.
            denial.put("decisionClassification", "user_reject");
        }
        return reply(ask, denial);
    }

    /// @param answers by the text of the question
    public static Message answerQuestions(Ask ask, Map<String, String> answers) {
        ObjectNode response = allowed(ask);
        ObjectNode given = ((ObjectNode) response.get("updatedInput")).putObject("answers");
        answers.forEach(given::put);
        return reply(ask, response);
    }

    /// @param action `accept`, `decline` or `cancel`
    public static Message answerForm(Ask ask, String action, ObjectNode content) {
        ObjectNode response = Json.object().put("action", action);
        if (action.equals("accept")) {
            response.set("content", content);
        }
        return reply(ask, response);
    }

    private static ObjectNode allowed(Ask ask) {
        ObjectNode response = Json.object().put("behavior", "allow");
        response.set("updatedInput", ask.input().deepCopy());
        return response;
    }

    private static Message reply(Ask ask, ObjectNode response) {
        ObjectNode frame = Json.object().put("type", MessageType.CONTROL_RESPONSE);
        frame.putObject("response")
                .put("subtype", ControlSubtype.SUCCESS)
                .put("request_id", ask.requestId())
                .set("response", response);
        return Message.of(frame);
    }
}
