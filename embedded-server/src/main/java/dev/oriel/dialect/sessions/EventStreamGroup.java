package dev.oriel.dialect.sessions;

import dev.oriel.session.Session;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.Subscriber;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The event streams of one session, as the sender of posts to it. HTTP does not tell which stream
/// belongs to a post, so each stream gets the replies, as in the SDK's system: a client ignores
/// those to requests of others.
///
/// Any thread.
final class EventStreamGroup implements Subscriber {
    /// Replies that wait for a stream: a client may post before its stream is open.
    private static final int MAX_EARLY = 64;

    private final Session session;
    private final Set<EventStreamSubscriber> open = new LinkedHashSet<>(); // guarded by this
    private final Deque<SessionEvent> early = new ArrayDeque<>(); // guarded by this

    EventStreamGroup(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    synchronized void add(EventStreamSubscriber stream) {
        open.add(stream);
        early.forEach(stream::send);
        early.clear();
    }

    /// Removes a stream. With the last one, what clients declared is removed too.
    ///
    /// @return whether no stream is left
    boolean remove(EventStreamSubscriber stream) {
        synchronized (this) {
            open.remove(stream);
            if (!open.isEmpty()) {
                return false;
            }
        }
        session.unsubscribe(this);
        return true;
    }

    @Override
    public synchronized void send(SessionEvent event) {
        if (open.isEmpty()) {
            if (early.size() == MAX_EARLY) {
                early.remove();
            }
            early.add(event);
        }
        open.forEach(s -> s.send(event));
    }

    @Override
    public void deliver(EventBatch batch) {
        // The streams are subscribed themselves.
    }

    @Override
    public void replay(List<Delivery> page) {
        // As above.
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public boolean awaitRoom(Duration longest) {
        return true;
    }

    @Override
    public void whenRoom(Runnable then) {
        then.run();
    }

    @Override
    public void onDeleted() {
        // The streams are notified themselves.
    }

    @Override
    public void onFailed(String reason) {
        // It reads no history, so it misses nothing.
    }

    @Override
    public Role role() {
        return Role.OWNER;
    }
}
