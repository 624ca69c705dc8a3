package dev.oriel.dialect.sessions;

import dev.oriel.dialect.PassiveSubscriber;
import dev.oriel.session.Session;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.SessionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// The event streams of one session, together the client that posts to it. HTTP does not tell which
/// stream belongs to a post, so each stream gets the replies, as in the SDK's system: a client
/// ignores those to requests of others. Messages of the session go to the streams themselves, which
/// are subscribed each.
///
/// Any thread.
final class EventStreamGroup extends PassiveSubscriber {
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
    public Role role() {
        return Role.OWNER;
    }
}
