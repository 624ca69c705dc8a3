package dev.oriel.dialect.relay;

import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.nio.charset.StandardCharsets;

/// Frames of the relay: one JSON text each, without a line break (wire.md 2.2).
final class RelayFrames {
    static final byte[] CONNECTED = "{\"type\":\"connected\"}".getBytes(StandardCharsets.UTF_8);

    private static final byte[] OPENING =
            "{\"type\":\"sdk_message\",\"data\":".getBytes(StandardCharsets.UTF_8);

    private RelayFrames() {}

    /// Wraps a message without changing its bytes.
    static byte[] sdkMessage(Message message) {
        byte[] inner = message.bytes();
        byte[] frame = new byte[OPENING.length + inner.length + 1];
        System.arraycopy(OPENING, 0, frame, 0, OPENING.length);
        System.arraycopy(inner, 0, frame, OPENING.length, inner.length);
        frame[frame.length - 1] = '}';
        return frame;
    }

    /// Standard error of the agent, or a note for the user.
    static byte[] info(String text) {
        return Json.encode(Json.object().put("type", "info").put("data", text));
    }

    static byte[] error(String text) {
        return Json.encode(Json.object().put("type", "error").put("error", text));
    }
}
