package dev.oriel.client.link;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [ClientLane] with a thread of its own.
///
/// An exception in a task is a bug, ours or a listener's. It is logged, because the executor would
/// only store it in a future that nobody reads, and the thread goes on with the next task.
public final class ClientThread implements ClientLane, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientThread.class);
    private static final Duration CLOSE_DELAY = Duration.ofMillis(200);
    private static final Timer NO_TIMER = () -> {};

    private final LoggingExecutor executor = new LoggingExecutor();
    private final Duration closeDelay;

    /// Starts the thread with its first task.
    public ClientThread() {
        this(CLOSE_DELAY);
    }

    /// @param closeDelay how long tasks are accepted after [#close()]
    ClientThread(Duration closeDelay) {
        this.closeDelay = closeDelay;
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException _) {
            // The client was closed; who waits for the task asks isClosed().
        }
    }

    @Override
    public boolean isClosed() {
        return executor.isShutdown();
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        try {
            return timer(executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException _) {
            return NO_TIMER;
        }
    }

    @Override
    public Timer scheduleRepeatedly(Runnable task, Duration period) {
        long nanos = period.toNanos();
        try {
            return timer(executor.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException _) {
            return NO_TIMER;
        }
    }

    private static Timer timer(ScheduledFuture<?> scheduled) {
        return () -> scheduled.cancel(false);
    }

    /// Ends the thread soon: tasks such as the closing of connections are still accepted for 200
    /// ms. Each task that was accepted runs; timers that are not due by then are dropped.
    @Override
    public void close() {
        schedule(executor::shutdown, closeDelay);
    }

    private static final class LoggingExecutor extends ScheduledThreadPoolExecutor {
        LoggingExecutor() {
            super(1, Thread.ofPlatform().daemon().name("oriel-client-lane").factory());
            setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            super.afterExecute(task, thrown);
            if (task instanceof Future<?> future && future.state() == Future.State.FAILED) {
                LOG.error("A task of the client failed", future.exceptionNow());
            }
        }
    }
}
