package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends the body of an HTTP answer that goes on. What the client sends behind its request is
/// dropped; where it ends its half, it has gone.
final class StreamProtocol implements Protocol {
    private final Connection connection;
    private final Setting setting;
    private @Nullable Runnable whenGone; // guarded by this
    private boolean gone; // guarded by this

    StreamProtocol(Connection connection, Setting setting) {
        this.connection = connection;
        this.setting = setting;
    }

    void open(HttpReply reply, HttpReply.Opening opening) {
        connection.speaks(this);
        connection.outbox().send(List.of(ByteBuffer.wrap(HttpBytes.of(reply))));
        Thread.ofVirtual()
                .name("http-stream")
                .start(() -> opened(opening.open(new StreamPeer(connection))));
    }

    private void opened(Runnable then) {
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
        }
        if (then != null) {
            Thread.ofVirtual().name("http-stream").start(then);
        }
    }
}
