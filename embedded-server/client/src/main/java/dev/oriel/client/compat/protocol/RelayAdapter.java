package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.compat.protocol.ProtocolEffect.Accept;
import dev.oriel.client.compat.protocol.ProtocolEffect.ConfirmInterrupt;
import dev.oriel.client.compat.protocol.ProtocolEffect.FinishTurn;
import dev.oriel.client.compat.protocol.ProtocolEffect.Note;
import dev.oriel.client.compat.protocol.ProtocolEffect.Publish;
import dev.oriel.client.compat.protocol.ProtocolEffect.RemoveSession;
import dev.oriel.client.compat.protocol.ProtocolEffect.ReportProblem;
import dev.oriel.client.compat.protocol.ProtocolEffect.SendFrame;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import org.jspecify.annotations.Nullable;

/// The relay kind: one conversation whose messages are the CLI's own, in an envelope
/// (embedded-server/docs/wire.md 2). The server accepts one socket at a time.
public final class RelayAdapter implements ProtocolAdapter<RelayAdapter.State> {
    private static final String TAKEN = "Server already has an active connection";
    private static final String TAKEN_SENTENCE = "Another program is connected to this server.";

    /// What this connection has come to.
    enum State {
        /// No turn is under way.
        IDLE,
        /// A turn is under way.
        RUNNING,
        /// The server has accepted another socket.
        REFUSED
    }

    @Override
    public State initialState() {
        return State.IDLE;
    }

    @Override
    public Step<State> on(State state, ProtocolEvent event) {
        return switch (event) {
            case ProtocolEvent.Opened _ -> Step.of(State.IDLE);
            case ProtocolEvent.FrameReceived(String text) -> onFrame(state, text);
            case ProtocolEvent.Closed _ ->
                    state == State.RUNNING
                            ? fail(
                                    "The connection was lost; the server may still be working on"
                                            + " the answer.")
                            : Step.of(state);
            case ProtocolEvent.PromptSubmitted(_, String uuid, String text) ->
                    Step.of(State.RUNNING, new SendFrame(prompt(uuid, text)));
            case ProtocolEvent.InterruptRequested _ ->
                    // The server does not respond; the turn just ends.
                    Step.of(
                            state,
                            new SendFrame("{\"type\":\"interrupt\"}"),
                            new ConfirmInterrupt(ONLY_SESSION));
            case ProtocolEvent.SessionEndRequested _ ->
                    Step.of(state, new RemoveSession(ONLY_SESSION));
            case ProtocolEvent.AskResolved _,
                    ProtocolEvent.SessionRequested _,
                    ProtocolEvent.OptionsChosen _,
                    ProtocolEvent.TurnPollDue _ ->
                    Step.of(state);
        };
    }

    private static String prompt(String uuid, String text) {
        ObjectNode frame = Json.object().put("type", "user_message");
        ObjectNode data = frame.putObject("data");
        data.put("type", MessageType.USER).put("uuid", uuid).put("session_id", "");
        data.putObject("message").put("role", "user").put("content", text);
        data.putNull("parent_tool_use_id");
        return frame.toString();
    }

    private static Step<State> onFrame(State state, String text) {
        ObjectNode frame = ProtocolAdapter.parseObject(text);
        if (frame == null) {
            return Step.of(state, ProtocolAdapter.ignored("no JSON object"));
        }
        String type = frame.path("type").asText();
        return switch (type) {
            case "connected" -> Step.of(state, new Accept());
            case "sdk_message" -> onMessage(state, CliMessages.fromServer(frame.path("data")));
            case "error" ->
                    onError(state, frame.path("error").asText("The server reports an error."));
            // The CLI's standard error, and responses to requests that this client never sends.
            case "info", "file_result" -> Step.of(state);
            default -> Step.of(state, ProtocolAdapter.ignored("unknown type " + type));
        };
    }

    private static Step<State> onMessage(State state, @Nullable Message message) {
        if (message == null) {
            return Step.of(state, ProtocolAdapter.ignored("sdk_message without a message"));
        }
        ProtocolEffect publish = new Publish(ONLY_SESSION, message);
        return message.is(MessageType.RESULT)
                ? Step.of(State.IDLE, publish, new FinishTurn(ONLY_SESSION))
                : Step.of(state, publish);
    }

    private static Step<State> onError(State state, String error) {
        // In the middle of a turn it would be about something else.
        if (error.equals(TAKEN) && state != State.RUNNING) {
            return Step.of(State.REFUSED, new Note(TAKEN_SENTENCE));
        }
        return state == State.RUNNING ? fail(error) : Step.of(state, new ReportProblem(error));
    }

    private static Step<State> fail(String cause) {
        return Step.of(
                State.IDLE,
                new Publish(ONLY_SESSION, CliMessages.failed(cause)),
                new FinishTurn(ONLY_SESSION));
    }

    @Override
    public DisconnectReason disconnectReason(
            State state, DisconnectReason usual, int code, String reason) {
        return state == State.REFUSED ? new DisconnectReason.Refused(TAKEN_SENTENCE) : usual;
    }
}
