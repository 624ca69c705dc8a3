package dev.oriel.gateway.socket;

import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import java.time.Duration;

/// A WebSocket client, as dialects reach it.
final class SocketPeer implements Peer {
    private final WebSocketProtocol protocol;
    private final Connection connection;

    SocketPeer(WebSocketProtocol protocol, Connection connection) {
        this.protocol = protocol;
        this.connection = connection;
    }

    @Override
    public void send(TextFrames frames) {
        connection.outbox().send(frames.encoded(WireFrames::encode));
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
        protocol.close(code, reason);
    }

    @Override
    public void admitted() {
        protocol.admitted();
    }

    @Override
    public String address() {
        return connection.address().getHostAddress();
    }

    @Override
    public void describe(String what) {
        connection.describe(what);
    }
}
