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
public final class SerialExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    /// Enough for any client that means well, little enough for many that do not.
    private static final long MOST = 8 * 1024 * 1024;

    private final String name;
    private final Queue<Task> waiting = new ArrayDeque<>(); // guarded by this
    private long weight; // guarded by this
    private boolean running; // guarded by this

    private record Task(long weight, Runnable what) {}

    /// @param name of its threads
    public SerialExecutor(String name) {
        this.name = name;
    }

    /// Runs a task, however much waits. Returns at once.
    public void post(Runnable task) {
        add(new Task(0, task));
    }

    /// Runs a task unless too much waits before it. Returns at once.
    ///
    /// @param weighing what it holds in memory, in characters
    /// @return whether it will run; one that nothing waits before always does
    public synchronized boolean offer(long weighing, Runnable task) {
        if (!waiting.isEmpty() && weight + weighing > MOST) {
            return false;
        }
        add(new Task(weighing, task));
        return true;
    }

    private synchronized void add(Task task) {
        waiting.add(task);
        weight += task.weight();
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
        Task next = waiting.poll();
        if (next == null) {
            running = false;
            return null;
        }
        weight -= next.weight();
        return next.what();
    }
}
