package dev.oriel.agent.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Drains standard error, hands its lines on as they come, and remembers the last ones.
final class StderrTail {
    private static final int LINES = 20;
    private static final int LINE_BYTES = 2_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Consumer<List<String>> heard;
    private final Thread drain;
    private final byte[] line = new byte[LINE_BYTES];
    private int length;
    private List<String> ready = new ArrayList<>();

    /// @param heard takes lines that came together, on a thread of this class
    StderrTail(InputStream stderr, String name, Consumer<List<String>> heard) {
        this.heard = heard;
        drain =
                Thread.ofPlatform()
                        .daemon()
                        .name(name)
                        .stackSize(128 * 1024)
                        .start(() -> drain(stderr));
    }

    private void drain(InputStream stderr) {
        byte[] chunk = new byte[4096];
        try (stderr) {
            int n;
            while ((n = stderr.read(chunk)) >= 0) {
                for (int i = 0; i < n; i++) {
                    take(chunk[i]);
                }
                handOn();
            }
        } catch (IOException e) {
            // The pipe of a process that is gone; what came before stands.
        }
        endLine();
        handOn();
    }

    private void handOn() {
        if (!ready.isEmpty()) {
            List<String> lines = ready;
            ready = new ArrayList<>();
            heard.accept(lines);
        }
    }

    private void take(byte b) {
        if (b == '\n') {
            endLine();
        } else if (length < LINE_BYTES) {
            line[length++] = b;
        }
    }

    private void endLine() {
        String text =
                new String(line, 0, length, StandardCharsets.UTF_8)
                        .replaceAll("\\x1B\\[[0-9;?]*[ -/]*[@-~]", "")
                        .replaceAll("\\p{Cntrl}", "")
                        .strip();
        length = 0;
        if (text.isEmpty()) {
            return;
        }
        ready.add(text);
        synchronized (lines) {
            lines.addLast(text);
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
        }
    }

    /// The last lines, oldest first, once the stream has ended or after `patience`.
    List<String> awaitLines(Duration patience) {
        try {
            drain.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
