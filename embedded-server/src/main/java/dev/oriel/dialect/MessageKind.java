package dev.oriel.dialect;

import dev.oriel.message.Message;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import java.util.Optional;

/// Classifies messages for clients that know the CLI's output but not Oriel's queue, asks and
/// session states.
public enum MessageKind {
    /// Output of the agent; passed on unchanged.
    OUTPUT,
    /// A part of a response whose complete form follows, or another progress message; only for
    /// clients that request partial messages.
    PARTIAL,
    /// Not sent to such clients.
    HIDDEN;

    /// The kind of a message.
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
            // The CLI emits this status only if it emits partial messages.
            case "status" ->
                    m.tree().path("status").asText().equals("requesting") ? PARTIAL : OUTPUT;
            default -> OUTPUT;
        };
    }
}
