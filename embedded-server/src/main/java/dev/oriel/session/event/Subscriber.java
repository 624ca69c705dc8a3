package dev.oriel.session.event;

import dev.oriel.session.control.Role;
import java.time.Duration;
import java.util.List;

/// A client attached to a session. Its methods are called on the session's lane or, while it
/// catches up, on one other thread, never on both at once. They must not throw, and must not block
/// except [#awaitRoom(Duration)].
public interface Subscriber {
    /// Sends events that go to all subscribers.
    void deliver(EventBatch batch);

    /// Sends a page of the journal.
    void replay(List<Delivery> page);

    /// Sends one live event, mostly for this subscriber alone.
    void send(SessionEvent event);

    /// True if so much waits to be sent that no more should be added.
    boolean isFull();

    /// Waits for room.
    ///
    /// @return whether there is room now
    boolean awaitRoom(Duration timeout);

    /// Runs a task once there is plenty of room: at once, or later on any thread.
    void whenRoom(Runnable then);

    /// The session was deleted.
    void onDeleted();

    /// The subscriber is detached because of a bug of the server. It may subscribe again.
    ///
    /// @param reason one sentence for the user
    void onFailed(String reason);

    /// True if asks can be answered through it. An ask that no client of a session can answer, and
    /// no window either, is denied: it would wait forever.
    default boolean answersAsks() {
        return true;
    }

    /// What the client may request.
    default Role role() {
        return Role.GUEST;
    }
}
