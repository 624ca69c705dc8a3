package dev.oriel.testing.fakeclaude;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Writes many lines of one size without creating objects: number and time are written into one
/// template.
final class LineFlood {
    private static final String NUMBER = "n=0000000000 at=0000000000000000000 ";
    private static final String DELTA =
            "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + "{\"type\":\"text_delta\",\"text\":\"@\"}},\"parent_tool_use_id\":null,"
                + "\"uuid\":\"00000000-0000-4000-8000-000000000000\"}";
    private static final String WHOLE =
            "{\"type\":\"assistant\",\"message\":{\"id\":\"msg_flood\",\"role\":\"assistant\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"@\"}]},\"parent_tool_use_id\":null,"
                + "\"uuid\":\"00000000-0000-4000-8000-000000000000\"}";

    private final OutputStream out;
    private final byte[] line;
    private final int number;
    private final int time;
    private final int uuid;

    LineFlood(OutputStream out, boolean whole, int lineBytes) {
        this.out = out;
        String template = whole ? WHOLE : DELTA;
        int padding = Math.max(0, lineBytes - (template.length() - 1) - NUMBER.length());
        String text = template.replace("@", NUMBER + "x".repeat(padding)) + "\n";
        this.line = text.getBytes(StandardCharsets.US_ASCII);
        this.number = text.indexOf("n=") + 2;
        this.time = text.indexOf(" at=") + 4;
        this.uuid = text.lastIndexOf("000000000000\"}");
    }

    /// @param perSecond lines per second; 0 for no limit
    void write(int lines, int perSecond, BooleanSupplier stopped) throws IOException {
        long start = System.nanoTime();
        for (int n = 0; n < lines; n++) {
            if (perSecond > 0) {
                long due = start + n * 1_000_000_000L / perSecond;
                long left;
                while ((left = due - System.nanoTime()) > 0) {
                    LockSupport.parkNanos(left);
                }
            }
            if ((perSecond > 0 || n % 1024 == 0) && stopped.getAsBoolean()) {
                break;
            }
            patch(number, 10, n);
            patch(uuid, 12, n);
            patch(time, 19, System.nanoTime());
            synchronized (out) {
                out.write(line);
                if (perSecond > 0) {
                    out.flush();
                }
            }
        }
        synchronized (out) {
            out.flush();
        }
    }

    private void patch(int at, int digits, long value) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            line[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
