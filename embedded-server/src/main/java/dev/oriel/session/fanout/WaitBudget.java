package dev.oriel.session.fanout;

import dev.oriel.session.event.Subscriber;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How long a session may wait for readers that have fallen behind: a short while at once, and over
/// time a small part of it, for all of its readers together. However many there are, and however
/// they take turns, the session goes on at nearly its own pace.
///
/// Confined to the lane.
public final class WaitBudget {
    private static final long MOST = Duration.ofMillis(250).toNanos();

    /// One part in so many of the time that passes may be waited.
    private static final long SHARE = 20;

    private final LongSupplier nanoTime;
    private long left = MOST;
    private long counted;

    /// @param nanoTime as [System#nanoTime]
    public WaitBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.counted = nanoTime.getAsLong();
    }

    /// Waits for a subscriber to have room, within what is left of the budget.
    ///
    /// @return whether it has room now
    boolean awaitRoom(Subscriber subscriber) {
        long begun = nanoTime.getAsLong();
        left = Math.min(MOST, left + (begun - counted) / SHARE);
        counted = begun;
        if (left <= 0) {
            return false;
        }
        boolean room = subscriber.awaitRoom(Duration.ofNanos(left));
        counted = nanoTime.getAsLong();
        left -= counted - begun;
        return room;
    }
}
