package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.compat.protocol.ProtocolEffect.Accept;
import dev.oriel.client.compat.protocol.ProtocolEffect.ConfirmInterrupt;
import dev.oriel.client.compat.protocol.ProtocolEffect.FinishTurn;
import dev.oriel.client.compat.protocol.ProtocolEffect.Publish;
import dev.oriel.client.compat.protocol.ProtocolEffect.RemoveSession;
import dev.oriel.client.compat.protocol.ProtocolEffect.ReplaceConnection;
import dev.oriel.client.compat.protocol.ProtocolEffect.ReportProblem;
import dev.oriel.client.compat.protocol.ProtocolEffect.SendFrame;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.CloseCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.ArrayList;
import java.util.List;

/// The oneshot kind: one prompt per connection, answered by the CLI's bare lines
/// (embedded-server/docs/wire.md 3). The close code tells the outcome: 1000 success, 1011 failure,
/// 1008 the prompt was refused.
///
/// Lines come as the server's reads cut them: half a line, or three, a frame. The server's own
/// frames (`info`, `error`) stand between them, whole and without a line break.
public final class OneshotAdapter implements ProtocolAdapter<OneshotAdapter.State> {
    private static final int MAX_ERROR_TEXT = 20_000;

    /// What this connection has come to.
    enum Phase {
        /// The prompt was not sent yet.
        READY,
        /// The prompt was sent, and the CLI works.
        RUNNING,
        /// The turn was interrupted, or the connection ended.
        FINISHED
    }

    /// @param partial the line that was received in part
    /// @param errorText what the CLI wrote to its standard error, or why the server refuses
    /// @param resultReceived whether a `result` was received
    record State(Phase phase, PartialLine partial, String errorText, boolean resultReceived) {
        /// Before the first connection, and at the start of each.
        static final State INITIAL = new State(Phase.READY, PartialLine.EMPTY, "", false);

        State with(Phase next) {
            return new State(next, partial, errorText, resultReceived);
        }

        State with(PartialLine rest) {
            return new State(phase, rest, errorText, resultReceived);
        }

        State plusErrorText(String text) {
            return new State(
                    phase,
                    partial,
                    errorText.length() < MAX_ERROR_TEXT ? errorText + text : errorText,
                    resultReceived);
        }

        State withResult() {
            return new State(phase, partial, errorText, true);
        }

        boolean isRunning() {
            return phase == Phase.RUNNING;
        }
    }

    @Override
    public State initialState() {
        return State.INITIAL;
    }

    @Override
    public Step<State> on(State state, ProtocolEvent event) {
        return switch (event) {
            case ProtocolEvent.Opened _ -> Step.of(State.INITIAL);
            case ProtocolEvent.FrameReceived(String text) -> onFrame(state, text);
            case ProtocolEvent.Closed(int code, String reason) -> onClose(state, code, reason);
            case ProtocolEvent.PromptSubmitted(_, _, String text) ->
                    Step.of(
                            State.INITIAL.with(Phase.RUNNING),
                            new SendFrame(Json.object().put("prompt", text).toString()),
                            publish(CliMessages.requesting()));
            case ProtocolEvent.InterruptRequested _ -> interrupt(state);
            case ProtocolEvent.SessionEndRequested _ -> end(state);
            case ProtocolEvent.AskResolved _,
                    ProtocolEvent.SessionRequested _,
                    ProtocolEvent.OptionsChosen _,
                    ProtocolEvent.TurnPollDue _ ->
                    Step.of(state);
        };
    }

    /// The server ends the CLI's process when the connection is closed; there is no other way.
    private static Step<State> interrupt(State state) {
        ProtocolEffect confirm = new ConfirmInterrupt(ONLY_SESSION);
        return state.isRunning()
                ? Step.of(
                        state.with(Phase.FINISHED),
                        confirm,
                        publish(CliMessages.interrupted()),
                        new ReplaceConnection(),
                        new FinishTurn(ONLY_SESSION))
                : Step.of(state, confirm);
    }

    /// The rest of the answer must not become part of the next session.
    private static Step<State> end(State state) {
        ProtocolEffect remove = new RemoveSession(ONLY_SESSION);
        return state.isRunning()
                ? Step.of(state.with(Phase.FINISHED), remove, new ReplaceConnection())
                : Step.of(state, remove);
    }

    private static ProtocolEffect publish(Message message) {
        return new Publish(ONLY_SESSION, message);
    }

    private static Step<State> onFrame(State state, String text) {
        ObjectNode whole = ProtocolAdapter.parseObject(text);
        if (whole != null && (state.partial().isEmpty() || isServersOwn(whole))) {
            return onObject(state, whole);
        }
        PartialLine.Split split = state.partial().append(text);
        return onLines(state.with(split.rest()), split.lines());
    }

    /// Whether this is a frame of the server, not a part of a line.
    private static boolean isServersOwn(ObjectNode object) {
        return object.size() == 1
                && (object.path("error").isTextual() || object.path("info").isTextual());
    }

    private static Step<State> onLines(State state, List<String> lines) {
        State next = state;
        List<ProtocolEffect> effects = new ArrayList<>();
        for (String line : lines) {
            ObjectNode object = ProtocolAdapter.parseObject(line);
            Step<State> step =
                    object == null
                            ? Step.of(next, publish(CliMessages.notice("info", line)))
                            : onObject(next, object);
            next = step.state();
            effects.addAll(step.effects());
        }
        return new Step<>(next, effects);
    }

    private static Step<State> onObject(State state, ObjectNode object) {
        if (isServersOwn(object)) {
            return object.has("info")
                    ? Step.of(state, new Accept())
                    : onError(state, object.path("error").asText());
        }
        return switch (object.path("type").asText()) {
            case "connection_status" -> Step.of(state, new Accept());
            case "user_echo" -> Step.of(state);
            case "message" -> Step.of(state, bareMessage(object));
            default -> {
                Message message = CliMessages.fromServer(object);
                yield message == null
                        ? Step.of(state, ProtocolAdapter.ignored("no message of the CLI"))
                        : Step.of(
                                message.is(MessageType.RESULT) ? state.withResult() : state,
                                publish(message));
            }
        };
    }

    /// The format of the CLI's first weeks: the bare message of the API.
    private static ProtocolEffect bareMessage(ObjectNode object) {
        JsonNode content = object.path("content");
        return content instanceof ArrayNode blocks
                ? publish(
                        CliMessages.assistant(
                                object.path("id").asText("oneshot"), blocks.deepCopy()))
                : ProtocolAdapter.ignored("message without content");
    }

    /// Parts of the CLI's standard error, or why the server refuses the prompt. Which of the two,
    /// only the close code tells.
    private static Step<State> onError(State state, String text) {
        State next = state.plusErrorText(text);
        return state.isRunning() ? Step.of(next) : Step.of(next, new ReportProblem(text));
    }

    private static Step<State> onClose(State state, int code, String reason) {
        if (!state.isRunning()) {
            return Step.of(state);
        }
        Step<State> last = onLines(state.with(PartialLine.EMPTY), state.partial().finish());
        List<ProtocolEffect> effects = new ArrayList<>(last.effects());
        if (!last.state().resultReceived()) {
            effects.add(
                    publish(
                            code == CloseCode.NORMAL
                                    ? CliMessages.done()
                                    : CliMessages.failed(cause(last.state(), code, reason))));
        }
        effects.add(new FinishTurn(ONLY_SESSION));
        return new Step<>(last.state().with(Phase.FINISHED), effects);
    }

    private static String cause(State state, int code, String reason) {
        if (reason.equals("Timeout")) {
            return "The server's time limit for an answer has passed.";
        }
        String errorText = state.errorText().strip();
        if (!errorText.isEmpty()) {
            return errorText;
        }
        return code == CloseCode.ABNORMAL
                ? "The connection was lost in the middle of the answer."
                : "Claude ended with an error.";
    }

    @Override
    public DisconnectReason disconnectReason(
            State state, DisconnectReason usual, int code, String reason) {
        return switch (code) {
            case CloseCode.NORMAL, CloseCode.INTERNAL_ERROR, CloseCode.POLICY_VIOLATION ->
                    state.phase() != Phase.READY
                            ? new DisconnectReason.Finished()
                            : code == CloseCode.POLICY_VIOLATION
                                    ? new DisconnectReason.Refused(
                                            "The server refused the connection.")
                                    : usual;
            default -> usual;
        };
    }
}
