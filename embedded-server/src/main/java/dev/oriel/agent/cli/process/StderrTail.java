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

/// Reads standard error of a process on a thread of its own, passes its lines on as they come, and
/// keeps the last ones.
final class StderrTail {
    private static final int MAX_LINES = 20;
    private static final int MAX_LINE_BYTES = 2_000;

    private final Deque<String> lines = new ArrayDeque<>(); // guarded by itself
    private final Consumer<List<String>> onLines;
    private final byte[] line = new byte[MAX_LINE_BYTES]; // the reading thread only
    private int length; // the reading thread only
    private List<String> batch = new ArrayList<>(); // the reading thread only
    private final Thread thread;

    /// @param onLines receives lines that were read together, on a thread of this class
    StderrTail(InputStream stderr, String name, Consumer<List<String>> onLines) {
        this.onLines = onLines;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(name)
                        .stackSize(128 * 1024)
                        .start(() -> read(stderr));
    }

    private void read(InputStream stderr) {
        byte[] chunk = new byte[4096];
        try (stderr) {
            int n;
            while ((n = stderr.read(chunk)) >= 0) {
                for (int i = 0; i < n; i++) {
                    append(chunk[i]);
                }
                passOn();
            }
        } catch (IOException e) {
            // The pipe of a process that has ended. What was read before is kept.
        }
        endLine();
        passOn();
    }

    private void passOn() {
        if (!batch.isEmpty()) {
            List<String> read = batch;
            batch = new ArrayList<>();
            onLines.accept(read);
        }
    }

    private void append(byte b) {
        if (b == '\n') {
            endLine();
        } else if (length < MAX_LINE_BYTES) {
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
        batch.add(text);
        synchronized (lines) {
            lines.addLast(text);
            if (lines.size() > MAX_LINES) {
                lines.removeFirst();
            }
        }
    }

    /// The last lines, oldest first, once the stream has ended or after `patience`.
    List<String> awaitLines(Duration patience) {
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
