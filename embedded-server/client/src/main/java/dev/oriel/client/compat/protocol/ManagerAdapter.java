package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.compat.protocol.ProtocolEffect.Accept;
import dev.oriel.client.compat.protocol.ProtocolEffect.AddSession;
import dev.oriel.client.compat.protocol.ProtocolEffect.ListedSession;
import dev.oriel.client.compat.protocol.ProtocolEffect.Note;
import dev.oriel.client.compat.protocol.ProtocolEffect.Publish;
import dev.oriel.client.compat.protocol.ProtocolEffect.RejectRequest;
import dev.oriel.client.compat.protocol.ProtocolEffect.RemoveSession;
import dev.oriel.client.compat.protocol.ProtocolEffect.ReplaceSessions;
import dev.oriel.client.compat.protocol.ProtocolEffect.ReportProblem;
import dev.oriel.client.compat.protocol.ProtocolEffect.SendFrame;
import dev.oriel.client.compat.protocol.ProtocolEffect.StartTurn;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.CloseCode;
import dev.oriel.message.ControlMessages;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;

/// The manager kind: many sessions on one socket (embedded-server/docs/wire.md 5).
///
/// No frame reports the end of a turn: `complete` ends a text, and a turn that calls tools goes on
/// after it. So the server is asked for its list, in which a session that works is `processing`; an
/// older server responds only after the turn, which tells the same.
public final class ManagerAdapter implements ProtocolAdapter<ManagerState> {
    private static final SendFrame LIST = new SendFrame("{\"type\":\"list_sessions\"}");
    private static final String KEY_REFUSED = "The server refused the key.";

    @Override
    public ManagerState initialState() {
        return ManagerState.INITIAL;
    }

    @Override
    public Step<ManagerState> on(ManagerState state, ProtocolEvent event) {
        return switch (event) {
            case ProtocolEvent.Opened(String credential) -> onOpen(state, credential);
            case ProtocolEvent.FrameReceived(String text) -> onFrame(state, text);
            case ProtocolEvent.Closed _ -> onClose(state);
            case ProtocolEvent.PromptSubmitted(String session, _, String text) ->
                    Step.of(state.startTurn(session), new SendFrame(prompt(session, text)));
            case ProtocolEvent.AskResolved(String session, String requestId, JsonNode reply) ->
                    Step.of(state, new SendFrame(permission(session, requestId, reply)));
            case ProtocolEvent.SessionRequested(String id, NewSessionRequest options) ->
                    Step.of(state.withCreating(id), new SendFrame(create(id, options)));
            case ProtocolEvent.SessionEndRequested(String session) ->
                    Step.of(state.withEnding(session), new SendFrame(end(session)));
            case ProtocolEvent.TurnPollDue _ -> poll(state);
            case ProtocolEvent.InterruptRequested _ ->
                    throw new UnsupportedOperationException("this kind cannot interrupt a turn");
            case ProtocolEvent.OptionsChosen _ -> Step.of(state);
        };
    }

    private static Step<ManagerState> onOpen(ManagerState state, String credential) {
        ManagerState next = state.connected();
        if (credential.isEmpty()) {
            return Step.of(next, LIST);
        }
        ObjectNode auth = Json.object().put("type", "auth").put("token", credential);
        // The server reads the second frame after it has checked the first.
        return Step.of(next, new SendFrame(auth.toString()), LIST);
    }

    private static Step<ManagerState> poll(ManagerState state) {
        return state.listRequested() || state.turns().isEmpty()
                ? Step.of(state)
                : Step.of(state.withListRequested(true), LIST);
    }

    private static String prompt(String session, String text) {
        return Json.object()
                .put("type", "send_prompt")
                .put("session_id", session)
                .put("prompt", text)
                .toString();
    }

    private static String permission(String session, String requestId, JsonNode reply) {
        boolean allowed = "allow".equals(reply.path("behavior").asText());
        ObjectNode frame =
                Json.object()
                        .put("type", "permission_response")
                        .put("session_id", session)
                        .put("request_id", requestId)
                        .put("approved", allowed);
        if (!allowed && reply.path("message").isTextual()) {
            frame.put("reason", reply.path("message").textValue());
        }
        return frame.toString();
    }

    private static String create(String id, NewSessionRequest chosen) {
        ObjectNode frame = Json.object().put("type", "create_session").put("session_id", id);
        ObjectNode options = frame.putObject("options");
        if (chosen.cwd() != null) {
            options.put("working_directory", chosen.cwd());
        }
        options.put(
                "permission_mode",
                chosen.permissionMode() == null ? "default" : chosen.permissionMode());
        return frame.toString();
    }

    private static String end(String session) {
        return Json.object().put("type", "end_session").put("session_id", session).toString();
    }

    private static Step<ManagerState> onFrame(ManagerState state, String text) {
        ObjectNode frame = ProtocolAdapter.parseObject(text);
        if (frame == null) {
            return Step.of(state, ProtocolAdapter.ignored("no JSON object"));
        }
        String session = frame.path("session_id").asText("");
        String type = frame.path("type").asText();
        return switch (type) {
            case "auth_success", "pong", "agents_killed" -> Step.of(state);
            case "permission_acknowledged" -> {
                String requestId = frame.path("request_id").asText();
                yield Step.of(state, new Publish(session, ControlMessages.cancel(requestId)));
            }
            case "sessions_list" -> onList(state, frame.path("sessions"));
            case "session_created" ->
                    Step.of(
                            state.notCreating(session),
                            new AddSession(ManagerSessionJson.parse(frame.path("session"))));
            case "session_ended" -> Step.of(state.ended(session), new RemoveSession(session));
            case "agent_thinking", "agent_message", "agent_tool_use", "permission_request" ->
                    onTurn(state, session, type, frame);
            case "agent_error" ->
                    fail(state, session, frame.path("message").asText("The agent failed."));
            case "error" ->
                    onError(state, session, frame.path("message").asText("The server failed."));
            default -> Step.of(state, ProtocolAdapter.ignored("unknown type " + type));
        };
    }

    private static Step<ManagerState> onTurn(
            ManagerState state, String session, String type, ObjectNode frame) {
        if (session.isEmpty()) {
            return Step.of(state, ProtocolAdapter.ignored(type + " without session_id"));
        }
        List<ProtocolEffect> effects = new ArrayList<>();
        ManagerState running = state;
        if (!state.turns().containsKey(session)) {
            // Another client has sent the prompt.
            running = state.startTurn(session);
            effects.add(new StartTurn(session));
        }
        ManagerTurn.Step step = running.turn(session).onFrame(type, frame);
        effects.addAll(step.effects());
        ManagerState next = running.withTurn(step.turn());
        if (!frame.path("complete").asBoolean()) {
            return new Step<>(next, effects);
        }
        // Perhaps the end of the turn.
        Step<ManagerState> poll = poll(next);
        effects.addAll(poll.effects());
        return new Step<>(poll.state(), effects);
    }

    private static Step<ManagerState> onList(ManagerState state, JsonNode sessions) {
        List<ListedSession> all = new ArrayList<>();
        sessions.forEach(s -> all.add(ManagerSessionJson.parse(s)));
        List<ProtocolEffect> effects = new ArrayList<>();
        effects.add(new Accept());
        effects.add(new ReplaceSessions(List.copyOf(all)));
        ManagerState next = state.withListRequested(false);
        for (ListedSession listed : all) {
            if (listed.busy() && !next.turns().containsKey(listed.id())) {
                // Of another client, or of this one before its connection was lost.
                next = next.startTurn(listed.id());
                next = next.withTurn(next.turn(listed.id()).withStarted());
                effects.add(new StartTurn(listed.id()));
            }
        }
        for (ListedSession listed : all) {
            ManagerTurn turn = next.turns().get(listed.id());
            // Before the first frame of a turn the server may not have started it yet.
            if (turn != null && turn.started() && !listed.busy()) {
                next = next.withoutTurn(listed.id());
                effects.addAll(turn.finish(listed.error()));
            }
        }
        return new Step<>(next, effects);
    }

    private static Step<ManagerState> fail(ManagerState state, String session, String cause) {
        ManagerTurn turn = state.turns().get(session);
        return turn == null
                ? Step.of(state, new ReportProblem(cause))
                : new Step<>(state.withoutTurn(session), turn.finish(cause));
    }

    /// Many errors name no session, though they are about one: then the text tells.
    private static Step<ManagerState> onError(ManagerState state, String session, String cause) {
        if (state.turns().containsKey(session)) {
            return fail(state, session, cause);
        }
        if (cause.equals("Invalid authentication token")
                || cause.equals("First message must be authentication")
                || cause.equals("Authentication failed")) {
            return Step.of(state.withRefusal(), new Note(KEY_REFUSED));
        }
        if (cause.startsWith("Permission request")) {
            return Step.of(state, new ReportProblem(cause));
        }
        if (cause.startsWith("Failed to end session")
                || state.ending().stream().anyMatch(cause::contains)) {
            return state.ending().isEmpty()
                    ? Step.of(state, new ReportProblem(cause))
                    : Step.of(
                            state.notEnding(state.ending().getFirst()),
                            new RejectRequest(state.ending().getFirst(), cause));
        }
        for (String running : state.turns().keySet()) {
            if (cause.contains(running)) {
                return fail(state, running, cause);
            }
        }
        if (cause.startsWith("Failed to send prompt")) {
            for (ManagerTurn turn : state.turns().values()) {
                if (!turn.started()) {
                    return fail(state, turn.session(), cause);
                }
            }
        }
        return state.creating().isEmpty()
                ? Step.of(state, new ReportProblem(cause))
                : Step.of(
                        state.notCreating(state.creating().getFirst()),
                        new RejectRequest(state.creating().getFirst(), cause));
    }

    /// Requests that are pending fail with the connection, without an effect of this.
    private static Step<ManagerState> onClose(ManagerState state) {
        List<ProtocolEffect> effects = new ArrayList<>();
        for (ManagerTurn turn : state.turns().values()) {
            effects.addAll(turn.finish("The connection was lost in the middle of the answer."));
        }
        return new Step<>(state.disconnected(), effects);
    }

    @Override
    public DisconnectReason disconnectReason(
            ManagerState state, DisconnectReason usual, int code, String reason) {
        return code == CloseCode.POLICY_VIOLATION || state.refused()
                ? new DisconnectReason.Refused(KEY_REFUSED)
                : usual;
    }
}
