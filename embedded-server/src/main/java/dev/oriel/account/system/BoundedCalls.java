package dev.oriel.account.system;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs calls that may never return, one at a time and each in a thread of its own, and waits for
/// them for a limited time. A call that is given up keeps its thread, a daemon; until it ends, all
/// others fail at once.
final class BoundedCalls {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable FutureTask<?> abandoned; // guarded by lock

    /// @param cancel called if the time is over, to end the call
    /// @throws IOException what the call throws, or if it takes too long
    <T extends @Nullable Object> T run(Callable<T> call, Duration limit, Runnable cancel)
            throws IOException {
        if (!acquire(limit)) {
            throw noAnswer();
        }
        try {
            FutureTask<?> before = abandoned;
            if (before != null && !before.isDone()) {
                throw noAnswer();
            }
            abandoned = null;
            FutureTask<T> task = new FutureTask<>(call);
            Thread.ofPlatform().daemon().name("key-store").start(task);
            return await(task, limit, cancel);
        } finally {
            lock.unlock();
        }
    }

    private boolean acquire(Duration limit) throws InterruptedIOException {
        try {
            return lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    /// Requires the lock.
    private <T extends @Nullable Object> T await(
            FutureTask<T> task, Duration limit, Runnable cancel) throws IOException {
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            abandoned = task;
            cancel.run();
            throw noAnswer();
        } catch (InterruptedException _) {
            abandoned = task;
            cancel.run();
            throw interrupted();
        } catch (CancellationException e) {
            throw new IOException(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            // Also a library that lacks what it should have: keys are then kept elsewhere.
            throw new IOException("it cannot be used", cause);
        }
    }

    private static IOException noAnswer() {
        return new NoAnswerException();
    }

    /// A call took too long.
    static final class NoAnswerException extends IOException {
        NoAnswerException() {
            super("it does not answer");
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }
}
