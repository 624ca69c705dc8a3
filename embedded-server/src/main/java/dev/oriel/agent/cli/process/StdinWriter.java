package dev.oriel.agent.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Writes lines to the standard input of an agent's CLI, on a thread of its own, so that a CLI that
/// does not read never blocks the caller.
///
/// Prompts can be held back for a while. Until the CLI has written something, all lines are kept,
/// because a second process may have to take the place of the first one ([#switchTo]).
///
/// Any thread; never blocks.
public final class StdinWriter {
    /// A CLI that reads never leaves nearly as many unread: one prompt at a time and some control
    /// requests.
    static final int MAX_QUEUED_LINES = 10_000;

    private final List<byte[]> heldPrompts = new ArrayList<>(); // guarded by this
    private boolean holdingPrompts; // guarded by this
    private @Nullable List<byte[]> replay = new ArrayList<>(); // guarded by this
    private Pipe pipe; // guarded by this

    /// The end of a process' input.
    public interface Target {
        OutputStream stdin();

        /// Ends a process that has not read for so long that the queue is full.
        void kill();

        long pid();
    }

    public StdinWriter(Target process) {
        this.pipe = new Pipe(process);
    }

    /// Sends a line.
    ///
    /// @param line one JSON object without a line break. The CLI exits on a malformed line (seen
    ///   with all versions), so it has been checked or was encoded by the caller
    public synchronized void send(byte[] line) {
        if (replay != null) {
            replay.add(line);
        }
        pipe.enqueue(line);
    }

    /// Sends a prompt as soon as prompts are not held back.
    ///
    /// @param line as for [#send]
    public synchronized void sendPrompt(byte[] line) {
        if (holdingPrompts) {
            heldPrompts.add(line);
        } else {
            send(line);
        }
    }

    /// Holds prompts back until [#releasePrompts()]; all other lines are sent.
    public synchronized void holdPrompts() {
        holdingPrompts = true;
    }

    public synchronized void releasePrompts() {
        holdingPrompts = false;
        heldPrompts.forEach(this::send);
        heldPrompts.clear();
    }

    /// The CLI has written something, so that no other process will need the lines sent so far.
    public synchronized void discardReplay() {
        replay = null;
    }

    /// Sends the lines of a process that has ended without output, and all later ones, to another
    /// process.
    synchronized void switchTo(Target process) {
        pipe.close();
        pipe = new Pipe(process);
        if (replay != null) {
            replay.forEach(pipe::enqueue);
        }
    }

    /// Closes the pipe after the lines sent so far. Later lines are dropped.
    public synchronized void close() {
        pipe.close();
    }

    /// The queue and the thread of one process.
    private static final class Pipe {
        /// No line is empty.
        private static final byte[] END = {};

        private final Target process;
        private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(MAX_QUEUED_LINES);

        Pipe(Target process) {
            this.process = process;
            Thread.ofPlatform()
                    .daemon()
                    .name("oriel-cli-" + process.pid() + "-in")
                    .stackSize(128 * 1024)
                    .start(this::write);
        }

        void enqueue(byte[] line) {
            if (!queue.offer(line)) {
                process.kill();
            }
        }

        void close() {
            if (!queue.offer(END)) {
                queue.clear();
                queue.add(END);
            }
        }

        private void write() {
            try (OutputStream stdin = process.stdin()) {
                for (byte[] line = queue.take(); line.length > 0; line = queue.take()) {
                    stdin.write(line);
                    stdin.write('\n');
                    if (queue.isEmpty()) {
                        stdin.flush();
                    }
                }
            } catch (IOException e) {
                // The process has closed its end. Its exit is reported elsewhere.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
