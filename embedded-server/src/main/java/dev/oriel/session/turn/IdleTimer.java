package dev.oriel.session.turn;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a task when the agent has had no work for a given time. Confined to the lane, except the
/// task.
final class IdleTimer {
    private final ScheduledExecutorService timer;
    private final Duration timeout;
    private final Runnable task;
    private @Nullable ScheduledFuture<?> due;

    /// @param task run on the timer's thread
    IdleTimer(ScheduledExecutorService timer, Duration timeout, Runnable task) {
        this.timer = timer;
        this.timeout = timeout;
        this.task = task;
    }

    /// Starts the time from zero.
    void restart() {
        cancel();
        due = timer.schedule(task, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void cancel() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }
}
