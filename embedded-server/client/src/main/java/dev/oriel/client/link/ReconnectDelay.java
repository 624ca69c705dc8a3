package dev.oriel.client.link;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The pause between two attempts to connect. Belongs to the lane.
final class ReconnectDelay {
    private final ScheduledExecutorService lane;
    private final Runnable end;
    private final ScheduledFuture<?> next;
    private @Nullable ScheduledFuture<?> watch;

    /// @param end called once at the end, unless the pause is cancelled before; it cancels the
    ///   pause
    ReconnectDelay(ScheduledExecutorService lane, Duration length, Runnable end) {
        this.lane = lane;
        this.end = end;
        this.next = lane.schedule(end, length.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends the pause early when the network changes or the computer wakes up.
    void endEarlyOn(ConnectivityMonitor connectivity) {
        long period = ConnectivityMonitor.PERIOD.toMillis();
        watch =
                lane.scheduleWithFixedDelay(
                        () -> {
                            if (connectivity.hasChanged()) {
                                end.run();
                            }
                        },
                        period,
                        period,
                        TimeUnit.MILLISECONDS);
    }

    void cancel() {
        next.cancel(false);
        if (watch != null) {
            watch.cancel(false);
        }
    }
}
