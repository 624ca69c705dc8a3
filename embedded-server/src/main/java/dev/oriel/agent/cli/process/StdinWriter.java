package dev.oriel.agent.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Writes lines to the standard input of a process on a thread of its own, so that a process that
/// does not read never blocks who speaks to it.
final class StdinWriter {
    // Far more than a CLI that reads ever leaves: one prompt at a time and some control frames.
    private static final int MOST_LINES = 10_000;

    /// No line is empty.
    private static final byte[] END = {};

    private final OutputStream stdin;
    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(MOST_LINES);

    StdinWriter(OutputStream stdin, String name) {
        this.stdin = stdin;
        Thread.ofPlatform().daemon().name(name).stackSize(128 * 1024).start(this::write);
    }

    /// Any thread; returns at once.
    ///
    /// @param line one line without its break, already checked
    /// @return false if the process has long stopped reading: the line is not sent
    boolean send(byte[] line) {
        return queue.offer(line);
    }

    /// Closes the pipe after what was sent before. Any thread; returns at once.
    void end() {
        if (!queue.offer(END)) {
            queue.clear();
            queue.add(END);
        }
    }

    private void write() {
        try (stdin) {
            for (byte[] line = queue.take(); line.length > 0; line = queue.take()) {
                stdin.write(line);
                stdin.write('\n');
                if (queue.isEmpty()) {
                    stdin.flush();
                }
            }
        } catch (IOException e) {
            // The process closed its end: that it is gone is told by its exit.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
