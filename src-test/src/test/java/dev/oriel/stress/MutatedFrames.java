package dev.oriel.stress;

import static dev.oriel.testing.client.RawWebSocket.BINARY;
import static dev.oriel.testing.client.RawWebSocket.CLOSE;
import static dev.oriel.testing.client.RawWebSocket.CONTINUATION;
import static dev.oriel.testing.client.RawWebSocket.PING;
import static dev.oriel.testing.client.RawWebSocket.PONG;
import static dev.oriel.testing.client.RawWebSocket.TEXT;
import static dev.oriel.testing.client.RawWebSocket.frame;

import dev.oriel.testing.data.RandomFrames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// WebSocket frames with an error, or nearly one, in their JSON, in their UTF-8 or in the frame
/// itself. The same seed gives the same frames.
final class MutatedFrames {
    private static final byte[] HALF_SURROGATE = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};

    private final RandomFrames texts;
    private final String[] sense;
    private final Random random;

    MutatedFrames(long seed, String... sense) {
        this.texts = new RandomFrames(seed, sense);
        this.sense = sense;
        this.random = new Random(seed);
    }

    /// The bytes of one frame, or of the fragments of one message.
    byte[] next() {
        return switch (random.nextInt(24)) {
            case 0 -> text(flipped(bytes()));
            case 1 -> text(Arrays.copyOf(bytes(), random.nextInt(bytes().length)));
            case 2 -> text(nested());
            case 3 -> text(withHugeNumber());
            case 4 -> text(withHalfSurrogate());
            case 5 -> fragments(bytes(), true);
            case 6 -> fragments(bytes(), random.nextBoolean());
            case 7 -> text(large());
            case 8 -> wrongFrame();
            default -> text(texts.next().getBytes(StandardCharsets.UTF_8));
        };
    }

    private byte[] bytes() {
        return one().getBytes(StandardCharsets.UTF_8);
    }

    private String one() {
        return sense[random.nextInt(sense.length)];
    }

    private static byte[] text(byte[] payload) {
        return frame(TEXT, true, true, payload);
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = random.nextInt(8); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] nested() {
        int depth = 1 << random.nextInt(16);
        String nest = random.nextBoolean() ? "[" : "{\"a\":";
        String json = one();
        int colon = json.indexOf(':', random.nextInt(json.length()));
        String before = colon < 0 ? "" : json.substring(0, colon + 1);
        String close = random.nextBoolean() ? (nest.equals("[") ? "]" : "}").repeat(depth) : "";
        return (before + nest.repeat(depth) + "1" + close + "}").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] withHugeNumber() {
        String digits = "9".repeat(1 + random.nextInt(3_000));
        String number =
                switch (random.nextInt(4)) {
                    case 0 -> digits;
                    case 1 -> "-" + digits;
                    case 2 -> "1e" + digits.length();
                    default -> "0." + digits + "e-" + digits.length();
                };
        return one().replaceFirst(":(\"[^\"]*\"|[a-z0-9.]+)", ":" + number)
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] withHalfSurrogate() {
        if (random.nextBoolean()) {
            return one().replace("…", "\\ud83d …").getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = bytes();
        int at = random.nextInt(bytes.length);
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(HALF_SURROGATE);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    /// Rarely very large, because the fake CLI is a shell script, which is slow with those.
    private byte[] large() {
        int most = random.nextInt(12) == 0 ? 100_000 : 10_000;
        return one().replace("…", "y".repeat(random.nextInt(most)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] fragments(byte[] payload, boolean whole) {
        var out = new ByteArrayOutputStream();
        int pieces = 2 + random.nextInt(30);
        int size = payload.length / pieces + 1;
        for (int i = 0; i < pieces; i++) {
            int from = Math.min(payload.length, i * size);
            int to = Math.min(payload.length, from + size);
            boolean last = whole && i == pieces - 1;
            int opcode = i == 0 ? TEXT : CONTINUATION;
            out.writeBytes(frame(opcode, last, true, Arrays.copyOfRange(payload, from, to)));
            if (random.nextInt(10) == 0) {
                out.writeBytes(frame(PING, true, true, new byte[random.nextInt(125)]));
            }
        }
        return out.toByteArray();
    }

    private byte[] wrongFrame() {
        byte[] payload = bytes();
        return switch (random.nextInt(14)) {
            case 0 -> frame(TEXT, true, false, payload);
            case 1 -> frame(0x80 | (3 + random.nextInt(5)), true, payload.length, payload);
            case 2 -> frame(0x80 | (0x10 << random.nextInt(3)) | TEXT, true, 5, new byte[5]);
            case 3 -> frame(PING, true, true, new byte[126 + random.nextInt(500)]);
            case 4 -> frame(PING, false, true, new byte[5]);
            case 5 -> frame(CLOSE, true, true, new byte[] {(byte) random.nextInt(256), 7, -1});
            case 6 -> frame(CLOSE, true, true, new byte[1]);
            case 7 -> frame(0x80 | TEXT, true, Long.MAX_VALUE >> random.nextInt(30), payload);
            case 8 -> frame(0x80 | TEXT, true, -1 - random.nextInt(9), payload);
            case 9 -> frame(CONTINUATION, true, true, payload);
            case 10 -> frame(BINARY, true, true, payload);
            case 11 -> frame(PONG, true, true, new byte[random.nextInt(125)]);
            case 12 -> flipped(Arrays.copyOf(text(payload), 12));
            default -> Arrays.copyOf(text(payload), 1 + random.nextInt(payload.length));
        };
    }
}
