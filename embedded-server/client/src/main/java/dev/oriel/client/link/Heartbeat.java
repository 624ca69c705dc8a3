package dev.oriel.client.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Pings one connection, and reports when the server stops answering. Confined to the lane.
final class Heartbeat {
    /// How long a connection may take to answer the ping of a check.
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

    private final ClientLane lane;
    private final Runnable ping;
    private final Runnable onSilent;
    private final ClientLane.Timer interval;

    /// True from a ping to its pong.
    private boolean pongPending;

    /// The end of a check; null while there is none.
    private ClientLane.@Nullable Timer check;

    /// Starts to ping.
    ///
    /// @param interval between two pings; one that is still not answered at the next one ends the
    ///   connection
    /// @param ping sends a ping
    /// @param onSilent called when a ping was not answered in time
    Heartbeat(ClientLane lane, Duration interval, Runnable ping, Runnable onSilent) {
        this.lane = lane;
        this.ping = ping;
        this.onSilent = onSilent;
        this.interval = lane.scheduleRepeatedly(this::onInterval, interval);
    }

    private void onInterval() {
        if (check != null) {
            return;
        }
        if (pongPending) {
            onSilent.run();
            return;
        }
        sendPing();
    }

    private void sendPing() {
        pongPending = true;
        ping.run();
    }

    void onPong() {
        pongPending = false;
    }

    /// Pings at once; the answer must come within [#CHECK_TIMEOUT].
    void check() {
        if (check == null) {
            sendPing();
            check = lane.schedule(this::onCheckTimeout, CHECK_TIMEOUT);
        }
    }

    private void onCheckTimeout() {
        check = null;
        if (pongPending) {
            onSilent.run();
        }
    }

    void stop() {
        interval.cancel();
        if (check != null) {
            check.cancel();
        }
    }
}
