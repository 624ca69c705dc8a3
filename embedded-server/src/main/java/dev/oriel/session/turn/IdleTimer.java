package dev.oriel.session.turn;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends an agent that has had nothing to do for long. Confined to the lane, but for what it runs.
final class IdleTimer {
    private final ScheduledExecutorService timer;
    private final Duration after;
    private final Runnable falls;
    private @Nullable ScheduledFuture<?> due;

    /// @param falls run on the timer's thread when the time has come
    IdleTimer(ScheduledExecutorService timer, Duration after, Runnable falls) {
        this.timer = timer;
        this.after = after;
        this.falls = falls;
    }

    /// The agent rests: the time begins anew.
    void later() {
        notNow();
        due = timer.schedule(falls, after.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The agent works.
    void notNow() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }
}
