package dev.oriel.testing.claude;

import static org.awaitility.Awaitility.await;

import dev.oriel.agent.cli.process.StdinWriter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The standard input of a simulated CLI process: it records what is written, and blocks writers
/// while the test has paused reading.
public final class FakeStdin extends OutputStream implements StdinWriter.Target {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream(); // guarded by this
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile CountDownLatch reading = new CountDownLatch(0); // set by the test's thread
    private volatile boolean blocked; // set by the writer's thread
    private volatile boolean killed; // set by any thread

    public void stopReading() {
        reading = new CountDownLatch(1);
    }

    public void resumeReading() {
        reading.countDown();
    }

    public void awaitClosed() {
        await().until(() -> closed.getCount() == 0);
    }

    public boolean isBlocked() {
        return blocked;
    }

    public boolean isKilled() {
        return killed;
    }

    public synchronized String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /// Waits until the given number of lines was written, and returns them. The writer writes a
    /// line in several parts.
    public List<String> awaitLines(int count) {
        return await().until(this::wholeLines, lines -> lines.size() >= count);
    }

    private List<String> wholeLines() {
        String text = text();
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    @Override
    public void write(int b) {
        blocked = reading.getCount() > 0;
        try {
            reading.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        synchronized (this) {
            written.write(b);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public OutputStream stdin() {
        return this;
    }

    @Override
    public void kill() {
        killed = true;
    }

    @Override
    public long pid() {
        return 1;
    }
}
