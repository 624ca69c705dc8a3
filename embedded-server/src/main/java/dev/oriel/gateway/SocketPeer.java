package dev.oriel.gateway;

import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A WebSocket client, as dialects reach it.
final class SocketPeer implements Peer {
    /// How long a client may take to answer a close frame.
    private static final long CLOSE_SECONDS = 5;

    private static final long URGE_MILLIS = 20;

    private final Connection connection;
    private final ScheduledExecutorService timer;

    SocketPeer(Connection connection, ScheduledExecutorService timer) {
        this.connection = connection;
        this.timer = timer;
    }

    @Override
    public void send(TextFrames frames) {
        if (connection.isOpen()) {
            connection.outbox().send(frames.encoded(WireFrames::encode));
        }
    }

    @Override
    public long queued() {
        return connection.outbox().queued();
    }

    @Override
    public boolean awaitBelow(long bytes, Duration patience) {
        return connection.outbox().awaitBelow(bytes, patience.toNanos());
    }

    @Override
    public void whenBelow(long bytes, Runnable then) {
        connection.outbox().whenBelow(bytes, then);
    }

    @Override
    public void close(int code, String reason) {
        connection.close(code, reason);
        timer.schedule(this::urgeClosing, URGE_MILLIS, TimeUnit.MILLISECONDS);
        timer.schedule(
                () -> connection.closeConnection(code, reason), CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private void urgeClosing() {
        if (connection.urgeClosing()) {
            timer.schedule(this::urgeClosing, URGE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public String address() {
        return connection.address();
    }

    @Override
    public void describe(String what) {
        connection.describe(what);
    }
}
