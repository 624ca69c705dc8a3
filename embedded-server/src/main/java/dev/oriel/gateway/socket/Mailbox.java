package dev.oriel.gateway.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the tasks of one connection, one after the other, on a virtual thread: the selector's
/// thread serves all connections and must not wait for a dialect. Any thread may enqueue.
final class Mailbox {
    private final Runnable emptied;
    private final Consumer<Throwable> failed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Task> waiting = new ArrayDeque<>(); // guarded by lock
    private boolean running; // guarded by lock
    private long bytes; // guarded by lock: of the tasks that wait or run

    private record Task(long bytes, Runnable run) {}

    /// @param emptied called after the last task that waited
    /// @param failed receives what a task has thrown; the following tasks run nevertheless
    Mailbox(Runnable emptied, Consumer<Throwable> failed) {
        this.emptied = emptied;
        this.failed = failed;
    }

    /// @param bytes that the task keeps in memory
    void enqueue(long bytes, Runnable task) {
        lock.lock();
        try {
            waiting.add(new Task(bytes, task));
            this.bytes += bytes;
            if (running) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("connection").start(this::run);
    }

    private void run() {
        Task task;
        while ((task = next()) != null) {
            try {
                task.run().run();
            } catch (Throwable e) {
                failed.accept(e);
            } finally {
                done(task);
            }
        }
        emptied.run();
    }

    private @Nullable Task next() {
        lock.lock();
        try {
            Task task = waiting.poll();
            running = task != null;
            return task;
        } finally {
            lock.unlock();
        }
    }

    private void done(Task task) {
        lock.lock();
        try {
            bytes -= task.bytes();
        } finally {
            lock.unlock();
        }
    }

    boolean isIdle() {
        lock.lock();
        try {
            return !running;
        } finally {
            lock.unlock();
        }
    }

    /// Bytes of the tasks that wait or run.
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
