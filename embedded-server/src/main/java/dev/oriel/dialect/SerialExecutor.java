package dev.oriel.dialect;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks sequentially, in the order of submission, on virtual threads. It processes frames
/// that may take time, because the gateway's thread must not block.
///
/// It uses no thread while it has no task. Thread-safe.
public final class SerialExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    /// The maximum total weight of waiting tasks, in characters. Sufficient for well-behaved
    /// clients, and small enough for many others.
    private static final long MAX_WEIGHT = 8 * 1024 * 1024;

    private final String name;
    private final Queue<Task> waiting = new ArrayDeque<>(); // guarded by this
    private long weight; // guarded by this
    private boolean running; // guarded by this

    private record Task(long weight, Runnable action) {}

    /// @param name the name of the threads
    public SerialExecutor(String name) {
        this.name = name;
    }

    /// Enqueues a task regardless of the limit.
    public void post(Runnable task) {
        add(new Task(0, task));
    }

    /// Enqueues a task unless the weight of the waiting tasks would exceed the limit.
    ///
    /// @param taskWeight the memory that the task holds, in characters
    /// @return whether the task was accepted; always true if no task is waiting
    public synchronized boolean offer(long taskWeight, Runnable task) {
        if (!waiting.isEmpty() && weight + taskWeight > MAX_WEIGHT) {
            return false;
        }
        add(new Task(taskWeight, task));
        return true;
    }

    private synchronized void add(Task task) {
        waiting.add(task);
        weight += task.weight();
        if (!running) {
            running = true;
            Thread.ofVirtual().name(name).start(this::run);
        }
    }

    private void run() {
        Runnable next;
        while ((next = next()) != null) {
            try {
                next.run();
            } catch (RuntimeException e) {
                // A bug in one task must not prevent the following ones.
                LOG.error("Cannot process a frame", e);
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
        return next.action();
    }
}
