package dev.oriel.gateway.socket;

import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/// The client of an HTTP reply whose body goes on, as dialects see it. Its texts are written
/// unchanged.
final class HttpStreamPeer implements Peer {
    private final SocketConnection connection;

    HttpStreamPeer(SocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public void send(TextFrames frames) {
        connection.writer().send(frames.texts().stream().map(ByteBuffer::wrap).toList());
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

    /// Ends the body. HTTP has neither a code nor a reason for that.
    @Override
    public void close(int code, String reason) {
        connection.writer().closeAfter(List.of());
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
