package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import dev.oriel.gateway.codec.HttpReplyEncoder;
import dev.oriel.gateway.socket.ConnectionState.Trigger;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the body of an HTTP reply until one side ends it. What the client sends after its request
/// is dropped; a client that closes its half has disconnected.
final class HttpStreamProtocol implements ConnectionProtocol {
    private static final Logger LOG = LoggerFactory.getLogger(HttpStreamProtocol.class);

    private final SocketConnection connection;
    private final ConnectionContext context;
    private @Nullable Runnable stopper; // guarded by this: stops the body; null before it started
    private boolean closed; // guarded by this: the stopper is run as soon as it is known

    HttpStreamProtocol(SocketConnection connection, ConnectionContext context) {
        this.connection = connection;
        this.context = context;
    }

    /// Starts the reply, unless the client has disconnected while its request was handled.
    void open(HttpReply reply, HttpReply.BodyStream body) {
        if (!connection.move(new Trigger.StreamStarted(this))) {
            return;
        }
        if (connection.hasInputEnded()) {
            connection.close();
            return;
        }
        connection.writer().send(List.of(ByteBuffer.wrap(HttpReplyEncoder.encodeHead(reply))));
        Thread.ofVirtual().name("http-stream").start(() -> start(body));
    }

    private void start(HttpReply.BodyStream body) {
        Runnable stop;
        try {
            stop = body.open(new HttpStreamPeer(connection));
        } catch (RuntimeException e) {
            LOG.error("The body of a reply could not be started", e);
            connection.close();
            return;
        }
        synchronized (this) {
            if (!closed) {
                stopper = stop;
                return;
            }
        }
        stop.run();
    }

    @Override
    public void onBytes(ByteBuffer in) {
        // One request per connection.
    }

    @Override
    public boolean canReceive() {
        return true;
    }

    @Override
    public void onInputEnd(boolean broken) {
        connection.close();
    }

    @Override
    public void onAllSent() {
        connection.linger();
    }

    @Override
    public void checkTimeouts(long now) {
        if (connection.writer().isStuck(context.limits().stuckAfter().toNanos())) {
            context.meter().onStuck();
            connection.close();
        }
    }

    @Override
    public void reject() {
        // HTTP has no message for that in the middle of a body.
    }

    @Override
    public void shutDown(int code, String reason) {
        connection.writer().closeAfter(List.of());
    }

    @Override
    public void fail() {
        connection.close();
    }

    @Override
    public void onClosed() {
        Runnable stop;
        synchronized (this) {
            closed = true;
            stop = stopper;
            stopper = null;
        }
        if (stop != null) {
            Thread.ofVirtual().name("http-stream").start(stop);
        }
    }
}
