package dev.oriel.dialect;

import dev.oriel.message.Message;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import java.util.Optional;

/// What a message is for a client of a system that knows the CLI's output but no Oriel: no queue,
/// no window and no asks.
public enum MessageKind {
    /// The agent's output; passed on as it is.
    OUTPUT,
    /// A part of an answer that follows whole, or another sign of progress: only for clients that
    /// ask for partial messages.
    PARTIAL,
    /// Not for such clients.
    HIDDEN;

    /// The kind of a message. Pure.
    public static MessageKind of(MessageEvent event) {
        if (event.isPrompt()) {
            return HIDDEN;
        }
        Message m = event.message();
        return switch (m.type()) {
            case "stream_event" -> PARTIAL;
            case "system" -> ofSystem(m);
            case "control_request",
                    "control_response",
                    "control_cancel_request",
                    "command_lifecycle",
                    "keep_alive" ->
                    HIDDEN;
            default -> OUTPUT;
        };
    }

    private static MessageKind ofSystem(Message m) {
        return switch (Optional.ofNullable(m.subtype()).orElse("")) {
            case "session_state_changed" -> HIDDEN;
            case "thinking_tokens" -> PARTIAL;
            // Only a CLI that emits partial messages says that it begins to ask the model.
            case "status" ->
                    m.tree().path("status").asText().equals("requesting") ? PARTIAL : OUTPUT;
            default -> OUTPUT;
        };
    }
}
