package dev.oriel.dialect;

import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
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
            case MessageType.STREAM_EVENT -> PARTIAL;
            case MessageType.SYSTEM -> ofSystem(m);
            case MessageType.CONTROL_REQUEST,
                    MessageType.CONTROL_RESPONSE,
                    MessageType.CONTROL_CANCEL_REQUEST,
                    MessageType.COMMAND_LIFECYCLE,
                    MessageType.KEEP_ALIVE ->
                    HIDDEN;
            default -> OUTPUT;
        };
    }

    private static MessageKind ofSystem(Message m) {
        return switch (Optional.ofNullable(m.subtype()).orElse("")) {
            case SystemSubtype.SESSION_STATE_CHANGED -> HIDDEN;
            case SystemSubtype.THINKING_TOKENS -> PARTIAL;
            // The CLI emits this status only if it emits partial messages.
            case SystemSubtype.STATUS ->
                    m.tree().path("status").asText().equals("requesting") ? PARTIAL : OUTPUT;
            default -> OUTPUT;
        };
    }
}
