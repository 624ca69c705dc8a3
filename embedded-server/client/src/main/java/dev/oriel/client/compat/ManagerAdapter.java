package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Many sessions on one socket (section 5 of the wire facts).
///
/// No frame says that a turn is over: `complete` ends a text, and a tool's turn goes on behind it.
/// So the server is asked for its list, in which a session that works is `processing`; an older one
/// answers only when the turn is over, which says the same.
public final class ManagerAdapter implements ProtocolAdapter {
    private static final String LIST = "{\"type\":\"list_sessions\"}";

    private final Map<String, ManagerTurn> turns = new LinkedHashMap<>();
    private final Set<String> beginning = new LinkedHashSet<>();
    private final Set<String> ending = new LinkedHashSet<>();
    private boolean listAsked;
    private String refusal = "";
    private long count;

    @Override
    public List<ProtocolEffect> onOpen(String credential) {
        listAsked = true;
        refusal = "";
        ProtocolEffect list = new ProtocolEffect.Send(LIST);
        return credential.isEmpty()
                ? List.of(list)
                : List.of(
                        new ProtocolEffect.Send(
                                Json.object()
                                        .put("type", "auth")
                                        .put("token", credential)
                                        .toString()),
                        // Nothing has to be awaited: what follows is read after it.
                        list);
    }

    @Override
    public List<ProtocolEffect> onFrame(String frame) {
        ObjectNode object = ProtocolAdapter.object(frame);
        if (object == null) {
            return ProtocolAdapter.ignored("no JSON object");
        }
        String session = object.path("session_id").asText("");
        String type = object.path("type").asText();
        return switch (type) {
            case "auth_success", "pong", "agents_killed", "permission_acknowledged" ->
                    type.equals("permission_acknowledged")
                            ? acknowledged(session, object)
                            : List.of();
            case "sessions_list" -> listed(object.path("sessions"));
            case "session_created" -> created(session, object.path("session"));
            case "session_ended" -> {
                turns.remove(session);
                ending.remove(session);
                yield List.of(new ProtocolEffect.Ended(session));
            }
            case "agent_thinking", "agent_message", "agent_tool_use", "permission_request" -> {
                List<ProtocolEffect> events = new ArrayList<>(turn(session).heard(type, object));
                if (object.path("complete").asBoolean()) {
                    // Perhaps the end of the turn.
                    events.addAll(waited());
                }
                yield events;
            }
            case "agent_error" -> over(session, object.path("message").asText("The agent failed."));
            case "error" -> error(session, object.path("message").asText("The server failed."));
            default -> ProtocolAdapter.ignored("unknown type " + type);
        };
    }

    private ManagerTurn turn(String session) {
        return turns.computeIfAbsent(session, id -> new ManagerTurn(id, "manager-" + ++count));
    }

    private static List<ProtocolEffect> acknowledged(String session, ObjectNode object) {
        ObjectNode withdrawn =
                Json.object()
                        .put("type", "control_cancel_request")
                        .put("request_id", object.path("request_id").asText());
        return List.of(new ProtocolEffect.Said(session, Message.of(withdrawn)));
    }

    private List<ProtocolEffect> listed(JsonNode sessions) {
        listAsked = false;
        List<ProtocolEffect> events = new ArrayList<>();
        events.add(new ProtocolEffect.Admitted());
        List<ProtocolEffect.Known> all = new ArrayList<>();
        sessions.forEach(s -> all.add(ManagerSessionJson.known(s)));
        events.add(new ProtocolEffect.Listed(List.copyOf(all)));
        for (ProtocolEffect.Known known : all) {
            ManagerTurn turn = turns.get(known.id());
            // Before a sign of it the server may not have begun with the prompt yet.
            if (turn != null && turn.begun() && !known.busy()) {
                turns.remove(known.id());
                events.addAll(turn.over(known.error()));
            }
        }
        return events;
    }

    private List<ProtocolEffect> created(String session, JsonNode object) {
        beginning.remove(session);
        return List.of(new ProtocolEffect.Began(ManagerSessionJson.known(object)));
    }

    private List<ProtocolEffect> over(String session, String why) {
        ManagerTurn turn = turns.remove(session);
        return turn == null ? List.of(new ProtocolEffect.Trouble(why)) : turn.over(why);
    }

    /// Many errors name no session, though they are about one.
    private List<ProtocolEffect> error(String session, String why) {
        if (turns.containsKey(session)) {
            return over(session, why);
        }
        if (why.equals("Invalid authentication token")
                || why.equals("First message must be authentication")
                || why.equals("Authentication failed")) {
            refusal = "The server refused the key.";
            return List.of(new ProtocolEffect.Refused(refusal));
        }
        if (why.startsWith("Permission request")) {
            return List.of(new ProtocolEffect.Trouble(why));
        }
        if (why.startsWith("Failed to end session") || ending.stream().anyMatch(why::contains)) {
            return rejected(ending, why);
        }
        for (String running : turns.keySet()) {
            if (why.contains(running)) {
                return over(running, why);
            }
        }
        if (why.startsWith("Failed to send prompt")) {
            for (ManagerTurn turn : turns.values()) {
                if (!turn.begun()) {
                    return over(turn.session(), why);
                }
            }
        }
        return rejected(beginning, why);
    }

    private static List<ProtocolEffect> rejected(Set<String> pending, String why) {
        if (pending.isEmpty()) {
            return List.of(new ProtocolEffect.Trouble(why));
        }
        String first = pending.iterator().next();
        pending.remove(first);
        return List.of(new ProtocolEffect.Rejected(first, why));
    }

    @Override
    public List<ProtocolEffect> onClose(int code, String reason) {
        List<ProtocolEffect> events = new ArrayList<>();
        turns.values()
                .forEach(t ->
                        events.addAll(
                                t.over("The connection was lost in the middle of the answer.")));
        turns.clear();
        for (Set<String> pending : List.of(beginning, ending)) {
            pending.forEach(
                    id -> events.add(new ProtocolEffect.Rejected(id, "The connection was lost.")));
            pending.clear();
        }
        return events;
    }

    @Override
    public DisconnectReason ending(DisconnectReason usual, int code, String reason) {
        return code == 1008 || !refusal.isEmpty()
                ? new DisconnectReason.Refused(
                        refusal.isEmpty() ? "The server refused the key." : refusal)
                : usual;
    }

    @Override
    public List<ProtocolEffect> prompt(String session, String uuid, String text) {
        turns.put(session, new ManagerTurn(session, "manager-" + ++count));
        ObjectNode frame =
                Json.object()
                        .put("type", "send_prompt")
                        .put("session_id", session)
                        .put("prompt", text);
        return List.of(new ProtocolEffect.Send(frame.toString()));
    }

    @Override
    public List<ProtocolEffect> waited() {
        if (listAsked || turns.isEmpty()) {
            return List.of();
        }
        listAsked = true;
        return List.of(new ProtocolEffect.Send(LIST));
    }

    @Override
    public List<ProtocolEffect> interrupt(String session) {
        throw new UnsupportedOperationException("this kind cannot stop an answer");
    }

    @Override
    public List<ProtocolEffect> answer(String session, String requestId, JsonNode answer) {
        boolean allowed = "allow".equals(answer.path("behavior").asText());
        ObjectNode frame =
                Json.object()
                        .put("type", "permission_response")
                        .put("session_id", session)
                        .put("request_id", requestId)
                        .put("approved", allowed);
        if (!allowed && answer.path("message").isTextual()) {
            frame.put("reason", answer.path("message").textValue());
        }
        return List.of(new ProtocolEffect.Send(frame.toString()));
    }

    @Override
    public List<ProtocolEffect> begin(String id, NewSessionRequest how) {
        beginning.add(id);
        ObjectNode frame = Json.object().put("type", "create_session").put("session_id", id);
        ObjectNode options = frame.putObject("options");
        if (how.cwd() != null) {
            options.put("working_directory", how.cwd());
        }
        options.put(
                "permission_mode", how.permissionMode() == null ? "default" : how.permissionMode());
        return List.of(new ProtocolEffect.Send(frame.toString()));
    }

    @Override
    public List<ProtocolEffect> end(String session) {
        ending.add(session);
        return List.of(
                new ProtocolEffect.Send(
                        Json.object()
                                .put("type", "end_session")
                                .put("session_id", session)
                                .toString()));
    }
}
