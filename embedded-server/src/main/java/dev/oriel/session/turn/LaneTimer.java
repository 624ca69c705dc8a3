package dev.oriel.session.turn;

import dev.oriel.session.lane.Lane;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A timeout that can be cancelled and started again, and whose task runs on the lane. Confined to
/// the lane.
final class LaneTimer {
    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final Runnable onTimeout;

    /// The timeout; null unless it is running.
    private @Nullable ScheduledFuture<?> running;

    /// Numbers the starts: an earlier timeout may still be on its way to the lane.
    private long starts;

    /// @param onTimeout run on the lane when the time has passed; the timer does not run any more
    ///   then. While the lane does not process input, the timer starts again instead: what is
    ///   awaited may be in that input
    LaneTimer(Lane lane, ScheduledExecutorService timer, Runnable onTimeout) {
        this.lane = lane;
        this.timer = timer;
        this.onTimeout = onTimeout;
    }

    boolean isRunning() {
        return running != null;
    }

    /// Starts the timer; one that runs is cancelled.
    void start(Duration time) {
        cancel();
        long current = ++starts;
        running =
                timer.schedule(
                        () -> lane.post(() -> finish(current, time)),
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    void cancel() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }

    private void finish(long start, Duration time) {
        if (running == null || start != starts) {
            return;
        }
        if (lane.isInputHeld()) {
            start(time);
            return;
        }
        running = null;
        onTimeout.run();
    }
}
