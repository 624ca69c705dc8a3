package dev.oriel.gateway.socket;

import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/// The reader of an HTTP answer that goes on, as dialects reach it. Its texts are written as they
/// are.
final class HttpStreamPeer implements Peer {
    private final SocketConnection connection;

    HttpStreamPeer(SocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public void send(TextFrames frames) {
        connection.outbox().send(frames.texts().stream().map(ByteBuffer::wrap).toList());
    }

    @Override
    public long queuedBytes() {
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

    /// HTTP has neither a code nor a reason for it.
    @Override
    public void close(int code, String reason) {
        connection.outbox().closeAfter(List.of());
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
