package dev.oriel.session.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.FolderCommands;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.AgentStdout;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.AskOpened;
import dev.oriel.session.event.SessionEvent.ClientRequest;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.NativeMessage;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.QueueChanged;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.session.event.SessionEvent.TrustRequested;
import dev.oriel.session.event.SessionEvent.UnsentPrompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Session events as messages of the native wire (`PROTOCOL.md`), and journaled messages as events.
/// Pure; any thread.
public final class EventMessages {
    private EventMessages() {}

    /// The event as one JSON message.
    public static Message of(SessionEvent event) {
        return switch (event) {
            case MessageEvent(Message message) -> message;
            case NativeMessage(Message message) -> message;
            case AskOpened(Message ask) -> ask;
            case ClientRequest(Message request) -> request;
            case SessionChanged changed -> session(changed);
            case QueueChanged queue -> queue.encoded();
            case UnsentPrompts unsent -> unsent(unsent);
            case PromptChanged(var prompt, var progress) ->
                    Message.of(
                            Json.object()
                                    .put("type", MessageType.COMMAND_LIFECYCLE)
                                    .put("command_uuid", prompt.toString())
                                    .put("state", progress.wireName()));
            case AskClosed(String requestId, var original) ->
                    original != null ? original : cancelRequest(requestId);
            case TrustRequested request -> trust(request);
            case Notice(Level level, String code, String text) ->
                    Message.of(
                            system(SystemSubtype.ORIEL_NOTICE)
                                    .put("level", level.name().toLowerCase(Locale.ROOT))
                                    .put("code", code)
                                    .put("text", text));
            case AgentStderr(String line) ->
                    Message.of(system(SystemSubtype.ORIEL_STDERR).put("line", line));
            case AgentStdout(String line) ->
                    Message.of(system(SystemSubtype.ORIEL_STDOUT).put("line", line));
            case AgentExited exited -> exited(exited);
            case ControlReply reply -> reply(reply);
            case RequestRejected(String code, String text) -> error(code, text);
        };
    }

    /// The event that a journaled message stands for.
    static SessionEvent parseStored(Message stored) {
        if (!stored.is(MessageType.SYSTEM)) {
            return new MessageEvent(stored);
        }
        return switch (Optional.ofNullable(stored.subtype()).orElse("")) {
            case SystemSubtype.ORIEL_AGENT_EXITED -> parseExited(stored.tree());
            case SystemSubtype.ORIEL_NOTICE -> parseNotice(stored.tree());
            case String own when own.startsWith(SystemSubtype.ORIEL_PREFIX) ->
                    new NativeMessage(stored);
            default -> new MessageEvent(stored);
        };
    }

    private static Message session(SessionChanged changed) {
        ObjectNode m =
                system(SystemSubtype.ORIEL_SESSION).put("journal", changed.journal().toString());
        m.set("session", changed.session().toJson());
        var tasks = m.putArray("tasks");
        changed.tasks().stream().sorted().forEach(tasks::add);
        return Message.of(m);
    }

    static Message queue(QueueChanged queue) {
        ObjectNode m = system(SystemSubtype.ORIEL_QUEUE);
        if (queue.isHeld()) {
            m.put("held", true);
        }
        var list = m.putArray("prompts");
        queue.prompts().forEach(p -> list.add(p.tree()));
        return Message.of(m);
    }

    private static Message unsent(UnsentPrompts unsent) {
        ObjectNode m = system(SystemSubtype.ORIEL_UNSENT);
        var list = m.putArray("prompts");
        unsent.prompts().forEach(p -> list.add(p.tree()));
        return Message.of(m.put("error", unsent.reason()));
    }

    private static Message trust(TrustRequested trust) {
        ObjectNode m =
                Json.object()
                        .put("type", MessageType.CONTROL_REQUEST)
                        .put("request_id", trust.requestId());
        ObjectNode request = m.putObject("request").put("subtype", ControlSubtype.ORIEL_TRUST);
        request.put("folder", trust.folder());
        var items = request.putArray("items");
        for (FolderCommands.Item item : trust.items()) {
            items.addObject()
                    .put("file", item.file())
                    .put("kind", item.kind())
                    .put("text", item.text());
        }
        request.put("more", trust.more());
        return Message.of(m);
    }

    private static Message exited(AgentExited exited) {
        ObjectNode m = system(SystemSubtype.ORIEL_AGENT_EXITED);
        m.put("cause", exited.cause().name().toLowerCase(Locale.ROOT)).put("text", exited.text());
        if (exited.code() != null) {
            m.put("code", exited.code());
        }
        var tail = m.putArray("last_words");
        exited.stderrTail().forEach(tail::add);
        return Message.of(m);
    }

    /// A cause that this version does not know counts as a crash's opposite: the agent was asked to
    /// end.
    private static AgentExited parseExited(JsonNode m) {
        ExitCause cause = ExitCause.ASKED;
        for (ExitCause each : ExitCause.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(m.path("cause").asText())) {
                cause = each;
            }
        }
        JsonNode code = m.path("code");
        List<String> tail = new ArrayList<>();
        m.path("last_words").forEach(line -> tail.add(line.asText()));
        return new AgentExited(
                cause, code.isInt() ? code.intValue() : null, m.path("text").asText(), tail);
    }

    private static Notice parseNotice(JsonNode m) {
        Level level =
                switch (m.path("level").asText()) {
                    case "error" -> Level.ERROR;
                    case "warning" -> Level.WARNING;
                    default -> Level.INFO;
                };
        return new Notice(level, m.path("code").asText(), m.path("text").asText());
    }

    private static Message reply(ControlReply reply) {
        ObjectNode response =
                switch (reply.result()) {
                    case ControlReply.Result.Success(var payload) -> {
                        ObjectNode success = response(ControlSubtype.SUCCESS, reply.requestId());
                        if (payload != null) {
                            success.set("response", payload);
                        }
                        yield success;
                    }
                    case ControlReply.Result.Failure(String code, String text) ->
                            response(ControlSubtype.ERROR, reply.requestId())
                                    .put("error", text)
                                    .put("error_code", code);
                    case ControlReply.Result.FromAgent(ObjectNode original) -> {
                        ObjectNode copy = original.deepCopy();
                        copy.remove("request_id");
                        if (reply.requestId() != null) {
                            copy.put("request_id", reply.requestId());
                        }
                        yield copy;
                    }
                };
        return controlResponse(response);
    }

    private static Message error(String code, String text) {
        ObjectNode m = Json.object().put("type", MessageType.ERROR);
        m.putObject("error").put("code", code).put("message", text);
        return Message.of(m);
    }

    private static Message cancelRequest(String requestId) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.CONTROL_CANCEL_REQUEST)
                        .put("request_id", requestId));
    }

    private static ObjectNode system(String subtype) {
        return Json.object().put("type", MessageType.SYSTEM).put("subtype", subtype);
    }

    private static ObjectNode response(String subtype, @Nullable String requestId) {
        ObjectNode response = Json.object().put("subtype", subtype);
        if (requestId != null) {
            response.put("request_id", requestId);
        }
        return response;
    }

    private static Message controlResponse(ObjectNode response) {
        ObjectNode m = Json.object().put("type", MessageType.CONTROL_RESPONSE);
        m.set("response", response);
        return Message.of(m);
    }
}
