package dev.oriel.agent.api.tool.search;

import dev.oriel.agent.api.cancel.CancelScope;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The limits of one search. Thread-safe.
final class HitLimits {
    /// As the CLI's.
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long MAX_LINES = 200_000;

    /// UTF-16 units of all lines.
    private static final long MAX_TEXT = 8L << 20;

    private final CancelScope cancel;
    private final long start = System.nanoTime();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong text = new AtomicLong();
    private final AtomicBoolean reached = new AtomicBoolean();

    HitLimits(CancelScope cancel) {
        this.cancel = cancel;
    }

    /// Counts a line of the result.
    ///
    /// @return false if there are too many
    boolean add(int length) {
        if (lines.incrementAndGet() > MAX_LINES || text.addAndGet(length) > MAX_TEXT) {
            reached.set(true);
        }
        return !reached.get();
    }

    /// Notes that a part was left out.
    void reach() {
        reached.set(true);
    }

    boolean isReached() {
        if (System.nanoTime() - start > MAX_NANOS) {
            reached.set(true);
        }
        return reached.get();
    }

    /// Ends a long calculation.
    ///
    /// @throws CancellationException if the turn was cancelled
    /// @throws LateException if the time is over
    void check() {
        cancel.check();
        if (System.nanoTime() - start > MAX_NANOS) {
            reached.set(true);
            throw new LateException();
        }
    }

    /// The time is over.
    static final class LateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LateException() {
            super("the search takes too long", null, false, false);
        }
    }
}
