package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import dev.oriel.gateway.codec.HttpReplyEncoder;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One plain HTTP request, which gets one reply. The connection is closed after it. Any thread.
public final class HttpExchange {
    private final SocketConnection connection;
    private final ConnectionContext context;
    private final AtomicReference<@Nullable Runnable> afterReply = new AtomicReference<>();

    HttpExchange(SocketConnection connection, ConnectionContext context) {
        this.connection = connection;
        this.context = context;
    }

    /// Address of the client.
    public InetAddress address() {
        return connection.address();
    }

    /// Sends the reply, after which the connection is closed.
    public void reply(HttpReply reply) {
        connection
                .writer()
                .closeAfter(
                        List.of(
                                ByteBuffer.wrap(HttpReplyEncoder.encodeHead(reply)),
                                ByteBuffer.wrap(reply.body())));
    }

    /// As [#reply(HttpReply)].
    ///
    /// @param then run once no part of the reply is kept any more: it has been written, or the
    ///   connection is closed
    public void reply(HttpReply reply, Runnable then) {
        afterReply.set(then);
        reply(reply);
        // The close may have come before `then` was set; it runs only once in any case.
        if (connection.isClosed()) {
            onReplyDone();
        }
    }

    /// Replies with a body that is written until one side ends it.
    public void stream(HttpReply reply, HttpReply.BodyStream body) {
        connection.post(() -> new HttpStreamProtocol(connection, context).open(reply, body));
    }

    /// The reply was written, or the connection was closed.
    void onReplyDone() {
        Runnable then = afterReply.getAndSet(null);
        if (then != null) {
            then.run();
        }
    }
}
