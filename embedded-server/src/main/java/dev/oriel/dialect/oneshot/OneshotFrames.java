package dev.oriel.dialect.oneshot;

import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Frames for the client (wire.md 3.2).
final class OneshotFrames {
    /// The first frame, which says what to send.
    static final byte[] INFO = "{\"info\":\"send {prompt,meta}\"}".getBytes(StandardCharsets.UTF_8);

    private OneshotFrames() {}

    static byte[] error(String text) {
        return Json.encode(Json.object().put("error", text));
    }

    /// A line of the CLI that is not JSON, unchanged.
    static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// One line of the CLI, with its line break: some clients of the original collect bytes until a
    /// line break, others parse each frame.
    static byte[] line(Message message) {
        byte[] bytes = message.bytes();
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }
}
