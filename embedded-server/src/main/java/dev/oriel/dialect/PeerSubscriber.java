package dev.oriel.dialect;

import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.Subscriber;
import java.time.Duration;
import java.util.List;

/// A subscriber whose messages become frames for one peer, at the pace at which that peer takes
/// them.
///
/// On the session's lane; see [Subscriber].
public abstract class PeerSubscriber implements Subscriber {
    /// There is plenty of room again when no more than that waits.
    private static final long ROOM = 256 * 1024;

    private static final int INTERNAL_ERROR = 1011;

    protected final Peer peer;

    protected PeerSubscriber(Peer peer) {
        this.peer = peer;
    }

    /// Sends what some messages are in the peer's dialect, which may be nothing.
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
    public final boolean awaitRoom(Duration longest) {
        long most = peer.queueLimit();
        return most > 0 && peer.awaitBelow(most, longest);
    }

    @Override
    public final void whenRoom(Runnable then) {
        peer.whenBelow(ROOM, then);
    }

    @Override
    public void onFailed(String why) {
        peer.close(INTERNAL_ERROR, why);
    }
}
