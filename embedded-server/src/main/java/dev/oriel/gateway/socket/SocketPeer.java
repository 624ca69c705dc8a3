package dev.oriel.gateway.socket;

import dev.oriel.dialect.Peer;
import java.time.Duration;

/// What all clients on a socket have in common as peers of a dialect: the queue of unsent bytes, an
/// address and a description.
abstract class SocketPeer implements Peer {
    final SocketConnection connection;

    SocketPeer(SocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public final long queuedBytes() {
        return connection.writer().queuedBytes();
    }

    @Override
    public final boolean awaitBelow(long bytes, Duration timeout) {
        return connection.writer().awaitBelow(bytes, timeout.toNanos());
    }

    @Override
    public final void whenBelow(long bytes, Runnable task) {
        connection.writer().whenBelow(bytes, task);
    }

    @Override
    public final String address() {
        return connection.address().getHostAddress();
    }

    @Override
    public final void describe(String description) {
        connection.describe(description);
    }
}
