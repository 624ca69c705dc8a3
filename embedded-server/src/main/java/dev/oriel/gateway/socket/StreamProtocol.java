package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the body of an HTTP answer that goes on. What the client sends behind its request is
/// dropped; where it ends its half, it has gone.
final class StreamProtocol implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(StreamProtocol.class);

    private final Connection connection;
    private final Setting setting;
    private @Nullable Runnable whenGone; // guarded by this
    private boolean gone; // guarded by this

    StreamProtocol(Connection connection, Setting setting) {
        this.connection = connection;
        this.setting = setting;
    }

    /// The client may have gone while its request was handled.
    void open(HttpReply reply, HttpReply.Opening opening) {
        connection.speaks(this);
        if (connection.inputHasEnded()) {
            connection.end();
        }
        if (connection.hasEnded()) {
            return;
        }
        connection.outbox().send(List.of(ByteBuffer.wrap(HttpBytes.head(reply))));
        Thread.ofVirtual().name("http-stream").start(() -> begin(opening));
    }

    private void begin(HttpReply.Opening opening) {
        Runnable then;
        try {
            then = opening.open(new StreamPeer(connection));
        } catch (RuntimeException e) {
            LOG.error("An answer that goes on could not be begun", e);
            connection.end();
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
    public void received(ByteBuffer in) {
        // The request was all that there is to hear.
    }

    @Override
    public boolean mayTake() {
        return true;
    }

    @Override
    public void inputEnds(boolean broken) {
        connection.end();
    }

    @Override
    public void sent() {
        connection.linger();
    }

    @Override
    public void sweep(long now) {
        if (connection.outbox().isStuck(setting.limits().stuckAfter().toNanos())) {
            setting.meter().stuck();
            connection.end();
        }
    }

    @Override
    public boolean isBeingAnswered() {
        return true;
    }

    @Override
    public void turnAway() {
        // Nothing can be said in the middle of a body.
    }

    @Override
    public void shut(int code, String reason) {
        connection.outbox().finish(List.of());
    }

    @Override
    public void fail() {
        connection.end();
    }

    @Override
    public void ended() {
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
