package dev.oriel.client.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The delay before the next attempt to connect. Confined to the lane.
final class ReconnectDelay {
    private final ClientLane.Timer end;
    private final ClientLane.@Nullable Timer watch;

    /// Starts the delay.
    ///
    /// @param connectivity ends the delay early when the network changes or the computer wakes up;
    ///   null if nothing does
    /// @param onEnd called at the end, unless the delay is cancelled before. It must cancel the
    ///   delay
    ReconnectDelay(
            ClientLane lane,
            Duration length,
            @Nullable ConnectivityMonitor connectivity,
            Runnable onEnd) {
        this.end = lane.schedule(onEnd, length);
        this.watch =
                connectivity == null
                        ? null
                        : lane.scheduleRepeatedly(
                                () -> {
                                    if (connectivity.hasChanged()) {
                                        onEnd.run();
                                    }
                                },
                                ConnectivityMonitor.PERIOD);
    }

    void cancel() {
        end.cancel();
        if (watch != null) {
            watch.cancel();
        }
    }
}
