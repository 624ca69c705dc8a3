package dev.oriel.dialect.oneshot;

import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What is said to the client (wire.md 3.2).
final class OneshotFrames {
    /// The first frame: what to send.
    static final byte[] INFO = "{\"info\":\"send {prompt,meta}\"}".getBytes(StandardCharsets.UTF_8);

    private OneshotFrames() {}

    static byte[] error(String text) {
        return Json.encode(Json.object().put("error", text));
    }

    /// A line of the CLI that is no JSON, as it is.
    static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// One line of the CLI, with its line break: a client of the original collects bytes until one
    /// comes, and one that parses each frame does not mind it.
    static byte[] line(Message message) {
        byte[] bytes = message.bytes();
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }
}
