package dev.oriel.gateway.socket;

import dev.oriel.dialect.TextFrames;
import java.nio.ByteBuffer;
import java.util.List;

/// The client of an HTTP reply whose body goes on, as dialects see it. Its texts are written
/// unchanged.
final class HttpStreamPeer extends SocketPeer {
    HttpStreamPeer(SocketConnection connection) {
        super(connection);
    }

    @Override
    public void send(TextFrames frames) {
        connection.writer().send(frames.texts().stream().map(ByteBuffer::wrap).toList());
    }

    /// Ends the body. HTTP has neither a code nor a reason for that.
    @Override
    public void close(int code, String reason) {
        connection.writer().closeAfter(List.of());
    }
}
