package dev.oriel.gateway.socket;

import dev.oriel.dialect.TextFrames;
import dev.oriel.gateway.codec.FrameEncoder;

/// A WebSocket client, as dialects see it.
final class WebSocketPeer extends SocketPeer {
    private final WebSocketProtocol protocol;

    WebSocketPeer(WebSocketProtocol protocol, SocketConnection connection) {
        super(connection);
        this.protocol = protocol;
    }

    @Override
    public void send(TextFrames frames) {
        connection.writer().send(frames.encoded(FrameEncoder::encode));
    }

    @Override
    public void close(int code, String reason) {
        protocol.close(code, reason);
    }

    @Override
    public void admit() {
        protocol.admit();
    }
}
