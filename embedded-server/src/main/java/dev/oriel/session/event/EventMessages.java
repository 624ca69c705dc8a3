package dev.oriel.session.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionView;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The messages that Oriel itself adds to a session, in the shapes of `PROTOCOL.md`.
public final class EventMessages {
    private EventMessages() {}

    /// @param journal the journal's identity
    public static Message session(SessionView view, UUID journal) {
        ObjectNode m = system("oriel_session").put("journal", journal.toString());
        m.set("session", view.toJson());
        return Message.of(m);
    }

    /// @param held whether they are not begun until somebody goes on
    public static Message queue(List<Message> prompts, boolean held) {
        ObjectNode m = system("oriel_queue");
        if (held) {
            m.put("held", true);
        }
        var list = m.putArray("prompts");
        prompts.forEach(p -> list.add(p.tree()));
        return Message.of(m);
    }

    /// Prompts for which no agent could be started.
    public static Message unsent(List<Message> prompts, String why) {
        ObjectNode m = system("oriel_unsent");
        var list = m.putArray("prompts");
        prompts.forEach(p -> list.add(p.tree()));
        return Message.of(m.put("error", why));
    }

    /// @param level `info`, `warning` or `error`
    public static Message notice(String level, String code, String text) {
        return Message.of(
                system("oriel_notice").put("level", level).put("code", code).put("text", text));
    }

    /// A line that the agent wrote to standard error.
    public static Message stderr(String line) {
        return Message.of(system("oriel_stderr").put("line", line));
    }

    /// A line that the agent wrote to standard output and that is no message.
    public static Message stdout(String line) {
        return Message.of(system("oriel_stdout").put("line", line));
    }

    /// The turn is over without a `result`. Journaled.
    public static Message agentExited(
            AgentEvent.ExitCause cause,
            @Nullable Integer code,
            String text,
            List<String> lastWords) {
        ObjectNode m = system("oriel_agent_exited");
        m.put("cause", cause.name().toLowerCase(Locale.ROOT)).put("text", text);
        if (code != null) {
            m.put("code", code);
        }
        var words = m.putArray("last_words");
        lastWords.forEach(words::add);
        return Message.of(m);
    }

    /// The end of a turn that the agent never began. Journaled.
    public static Message notTakenUp() {
        ObjectNode m = Json.object().put("type", "result").put("subtype", "error_during_execution");
        m.put("is_error", true).put("num_turns", 0);
        m.put("result", "Claude did not take this message. Send it again.");
        return Message.of(m.put("oriel_not_taken", true));
    }

    /// @param state `queued`, `started`, `completed` or `cancelled`
    public static Message lifecycle(UUID prompt, String state) {
        return Message.of(
                Json.object()
                        .put("type", "command_lifecycle")
                        .put("command_uuid", prompt.toString())
                        .put("state", state));
    }

    public static Message withdrawn(String requestId) {
        return Message.of(
                Json.object().put("type", "control_cancel_request").put("request_id", requestId));
    }

    public static Message success(@Nullable String requestId, @Nullable JsonNode payload) {
        ObjectNode response = response("success", requestId);
        if (payload != null) {
            response.set("response", payload);
        }
        return wrap(response);
    }

    public static Message failure(@Nullable String requestId, String code, String text) {
        return wrap(response("error", requestId).put("error", text).put("error_code", code));
    }

    /// An agent's answer, under the request id of the client that asked.
    public static Message answer(@Nullable String requestId, ObjectNode agentResponse) {
        ObjectNode response = agentResponse.deepCopy();
        response.remove("request_id");
        if (requestId != null) {
            response.put("request_id", requestId);
        }
        return wrap(response);
    }

    /// An answer to an ask that denies it.
    public static Message denial(String requestId, String why) {
        ObjectNode response = response("success", requestId);
        response.putObject("response").put("behavior", "deny").put("message", why);
        return wrap(response);
    }

    /// An answer to an elicitation that nobody can be asked about. It was not declined by anybody.
    public static Message cancelled(String requestId) {
        ObjectNode response = response("success", requestId);
        response.putObject("response").put("action", "cancel");
        return wrap(response);
    }

    /// A frame was wrong; the connection stays. A prompt that is not taken, and not kept.
    public static Message tooManyPrompts() {
        return error("too_many", "Too many prompts wait already; this one is not taken.");
    }

    public static Message error(String code, String text) {
        ObjectNode m = Json.object().put("type", "error");
        m.putObject("error").put("code", code).put("message", text);
        return Message.of(m);
    }

    private static ObjectNode system(String subtype) {
        return Json.object().put("type", "system").put("subtype", subtype);
    }

    private static ObjectNode response(String subtype, @Nullable String requestId) {
        ObjectNode response = Json.object().put("subtype", subtype);
        if (requestId != null) {
            response.put("request_id", requestId);
        }
        return response;
    }

    private static Message wrap(ObjectNode response) {
        ObjectNode m = Json.object().put("type", "control_response");
        m.set("response", response);
        return Message.of(m);
    }
}
