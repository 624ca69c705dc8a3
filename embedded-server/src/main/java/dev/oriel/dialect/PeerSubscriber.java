package dev.oriel.dialect;

import dev.oriel.message.CloseCode;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.Subscriber;
import java.time.Duration;
import java.util.List;

/// A subscriber that sends a session's messages to one peer as frames, with that peer's
/// back-pressure.
///
/// Called on the session's lane; see [Subscriber].
public abstract class PeerSubscriber implements Subscriber {
    /// Delivery resumes when fewer bytes than this are queued.
    private static final long RESUME_BELOW = 256 * 1024;

    protected final Peer peer;

    protected PeerSubscriber(Peer peer) {
        this.peer = peer;
    }

    /// Converts messages to frames of the peer's dialect, possibly none, and sends them.
    protected abstract void sendAll(List<Delivery> deliveries);

    @Override
    public void deliver(EventBatch batch) {
        sendAll(batch.deliveries());
    }

    @Override
    public void replay(List<Delivery> page) {
        sendAll(page);
    }

    @Override
    public void send(SessionEvent event) {
        sendAll(List.of(Delivery.live(event)));
    }

    @Override
    public final boolean isFull() {
        return peer.queuedBytes() >= peer.queueLimit();
    }

    @Override
    public final boolean awaitRoom(Duration timeout) {
        long limit = peer.queueLimit();
        return limit > 0 && peer.awaitBelow(limit, timeout);
    }

    @Override
    public final void whenRoom(Runnable task) {
        peer.whenBelow(RESUME_BELOW, task);
    }

    @Override
    public void onFailed(String why) {
        peer.close(CloseCode.INTERNAL_ERROR, why);
    }
}
