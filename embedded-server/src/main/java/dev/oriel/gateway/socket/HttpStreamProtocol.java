package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import dev.oriel.gateway.codec.HttpReplyEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the body of an HTTP answer that goes on. What the client sends behind its request is
/// dropped; where it ends its half, it has gone.
final class HttpStreamProtocol implements ConnectionProtocol {
    private static final Logger LOG = LoggerFactory.getLogger(HttpStreamProtocol.class);

    private final SocketConnection connection;
    private final ConnectionContext setting;
    private @Nullable Runnable whenGone; // guarded by this
    private boolean gone; // guarded by this

    HttpStreamProtocol(SocketConnection connection, ConnectionContext setting) {
        this.connection = connection;
        this.setting = setting;
    }

    /// The client may have gone while its request was handled.
    void open(HttpReply reply, HttpReply.BodyStream opening) {
        connection.switchTo(this);
        if (connection.inputHasEnded()) {
            connection.close();
        }
        if (connection.isClosed()) {
            return;
        }
        connection.outbox().send(List.of(ByteBuffer.wrap(HttpReplyEncoder.encodeHead(reply))));
        Thread.ofVirtual().name("http-stream").start(() -> begin(opening));
    }

    private void begin(HttpReply.BodyStream opening) {
        Runnable then;
        try {
            then = opening.open(new HttpStreamPeer(connection));
        } catch (RuntimeException e) {
            LOG.error("An answer that goes on could not be begun", e);
            connection.close();
            return;
        }
        synchronized (this) {
            if (!gone) {
                whenGone = then;
                return;
            }
        }
        then.run();
    }

    @Override
    public void onBytes(ByteBuffer in) {
        // The request was all that there is to hear.
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
        if (connection.outbox().isStuck(setting.limits().stuckAfter().toNanos())) {
            setting.meter().onStuck();
            connection.close();
        }
    }

    @Override
    public boolean isReplying() {
        return true;
    }

    @Override
    public void reject() {
        // Nothing can be said in the middle of a body.
    }

    @Override
    public void shutDown(int code, String reason) {
        connection.outbox().closeAfter(List.of());
    }

    @Override
    public void fail() {
        connection.close();
    }

    @Override
    public void onClosed() {
        Runnable then;
        synchronized (this) {
            gone = true;
            then = whenGone;
            whenGone = null;
        }
        if (then != null) {
            Thread.ofVirtual().name("http-stream").start(then);
        }
    }
}
