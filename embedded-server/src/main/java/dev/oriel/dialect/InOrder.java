package dev.oriel.dialect;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks one after the other, in the order in which they come, on virtual threads: what a
/// frame asks for may take a moment, and the gateway's thread that brought it must not wait.
///
/// Nothing is held while there is no task. Any thread may call it.
public final class InOrder {
    private static final Logger LOG = LoggerFactory.getLogger(InOrder.class);

    private final String name;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private boolean running; // guarded by this

    /// @param name of its threads
    public InOrder(String name) {
        this.name = name;
    }

    /// Returns at once.
    public synchronized void run(Runnable task) {
        waiting.add(task);
        if (!running) {
            running = true;
            Thread.ofVirtual().name(name).start(this::work);
        }
    }

    private void work() {
        Runnable next;
        while ((next = next()) != null) {
            try {
                next.run();
            } catch (RuntimeException e) {
                // A bug in one task must not silence the client for good.
                LOG.error("A frame could not be handled", e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }
}
