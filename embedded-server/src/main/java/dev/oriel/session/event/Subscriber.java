package dev.oriel.session.event;

import dev.oriel.message.Message;
import dev.oriel.session.control.Role;
import java.time.Duration;
import java.util.List;

/// A client attached to a session. Its methods are called on the session's lane (and, while it
/// catches up, on one other thread, never both at once), must not block but for
/// [#awaitRoom(Duration)], and must not throw.
public interface Subscriber {
    /// Sends what all subscribers get.
    void deliver(EventBatch batch);

    /// Sends pages of the journal.
    void replay(List<Delivery> page);

    /// Sends what is for this one alone.
    void send(Message message);

    /// Whether so much is waiting to be sent to it that no more should be added.
    boolean isFull();

    /// Waits for room, no longer than given.
    ///
    /// @return whether there is room now
    boolean awaitRoom(Duration longest);

    /// Runs something once there is plenty of room, on any thread; at once if there is.
    void whenRoom(Runnable then);

    /// The session is gone.
    void onDeleted();

    /// It can be served no longer, by a fault of ours. It may come back.
    ///
    /// @param why a sentence for a person
    void onFailed(String why);

    /// Whether asks can be answered through it. Where no client of a session can, and no window is
    /// open either, an ask is denied: it would wait for ever.
    default boolean answersAsks() {
        return true;
    }

    /// What it may ask for.
    default Role role() {
        return Role.GUEST;
    }
}
