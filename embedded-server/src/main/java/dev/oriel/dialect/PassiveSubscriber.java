package dev.oriel.dialect;

import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.Subscriber;
import java.time.Duration;
import java.util.List;

/// A subscriber that is a client of a session without receiving its messages: it sends requests to
/// the session, or only stays subscribed. It always has room, so it never slows the session.
public abstract class PassiveSubscriber implements Subscriber {
    /// For its subclasses.
    protected PassiveSubscriber() {}

    @Override
    public final void deliver(EventBatch batch) {
        // It needs no messages.
    }

    @Override
    public final void replay(List<Delivery> page) {
        // It needs no messages.
    }

    /// Receives an event that is for this subscriber alone, such as the response to its request.
    @Override
    public void send(SessionEvent event) {
        // It sends no requests.
    }

    @Override
    public final boolean isFull() {
        return false;
    }

    @Override
    public final boolean awaitRoom(Duration timeout) {
        return true;
    }

    @Override
    public final void whenRoom(Runnable task) {
        task.run();
    }

    @Override
    public void onDeleted() {
        // There is nothing to release.
    }

    @Override
    public final void onFailed(String reason) {
        // It has received nothing, so it misses nothing.
    }
}
