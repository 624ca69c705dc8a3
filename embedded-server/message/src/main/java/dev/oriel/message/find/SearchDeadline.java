package dev.oriel.message.find;

import java.util.function.BooleanSupplier;

/// When a search is given up: at a time, or when its result is no longer wanted. Any thread.
public final class SearchDeadline {
    /// What a text may take at least, nanoseconds.
    private static final long LEAST = 1_000_000_000;

    private final long end;
    private final BooleanSupplier cancelled;

    private SearchDeadline(long end, BooleanSupplier cancelled) {
        this.end = end;
        this.cancelled = cancelled;
    }

    /// A deadline from now on.
    ///
    /// @param time until then, nanoseconds; nothing or less has passed already
    /// @return the deadline
    public static SearchDeadline in(long time) {
        return in(time, () -> false);
    }

    /// A deadline from now on, or earlier.
    ///
    /// @param time until then, nanoseconds; nothing or less has passed already
    /// @param cancelled whether the result is no longer wanted; asked often, on the thread that
    ///   searches
    /// @return the deadline
    public static SearchDeadline in(long time, BooleanSupplier cancelled) {
        return new SearchDeadline(System.nanoTime() + time, cancelled);
    }

    boolean hasPassed() {
        return System.nanoTime() - end >= 0 || cancelled.getAsBoolean();
    }

    /// Whether a search that takes no longer for one query than for another has to end. It may be
    /// late because of other work, or of a machine that is slow; the query is not the reason.
    ///
    /// @param start when the search of this text began, see [System#nanoTime()]
    boolean endsSince(long start) {
        long now = System.nanoTime();
        return cancelled.getAsBoolean() || (now - end >= 0 && now - start >= LEAST);
    }
}
