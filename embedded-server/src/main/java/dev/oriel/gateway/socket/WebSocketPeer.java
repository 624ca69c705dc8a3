package dev.oriel.gateway.socket;

import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.gateway.codec.FrameEncoder;
import java.time.Duration;

/// A WebSocket client, as dialects see it.
final class WebSocketPeer implements Peer {
    private final WebSocketProtocol protocol;
    private final SocketConnection connection;

    WebSocketPeer(WebSocketProtocol protocol, SocketConnection connection) {
        this.protocol = protocol;
        this.connection = connection;
    }

    @Override
    public void send(TextFrames frames) {
        connection.writer().send(frames.encoded(FrameEncoder::encode));
    }

    @Override
    public long queuedBytes() {
        return connection.writer().queuedBytes();
    }

    @Override
    public boolean awaitBelow(long bytes, Duration patience) {
        return connection.writer().awaitBelow(bytes, patience.toNanos());
    }

    @Override
    public void whenBelow(long bytes, Runnable then) {
        connection.writer().whenBelow(bytes, then);
    }

    @Override
    public void close(int code, String reason) {
        protocol.close(code, reason);
    }

    @Override
    public void admit() {
        protocol.admit();
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
