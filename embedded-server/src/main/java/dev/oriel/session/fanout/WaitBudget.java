package dev.oriel.session.fanout;

import dev.oriel.session.event.Subscriber;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Limits how long a session waits for slow subscribers: 250 ms at once and 5 % of the time, for
/// all of them together. So the session runs at nearly its own pace, however many they are.
///
/// Confined to the lane.
final class WaitBudget {
    private static final long MAX_NANOS = Duration.ofMillis(250).toNanos();

    /// One nanosecond of waiting is earned in this many that pass.
    private static final long SHARE = 20;

    private final LongSupplier nanoTime;
    private long left = MAX_NANOS;

    /// Time up to which the budget was earned.
    private long counted;

    /// @param nanoTime as [System#nanoTime]
    WaitBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.counted = nanoTime.getAsLong();
    }

    /// Waits for a subscriber to have room, within what is left of the budget.
    ///
    /// @return whether it has room now
    boolean awaitRoom(Subscriber subscriber) {
        long started = nanoTime.getAsLong();
        left = Math.min(MAX_NANOS, left + (started - counted) / SHARE);
        counted = started;
        if (left <= 0) {
            return false;
        }
        boolean room = subscriber.awaitRoom(Duration.ofNanos(left));
        counted = nanoTime.getAsLong();
        left -= counted - started;
        return room;
    }
}
