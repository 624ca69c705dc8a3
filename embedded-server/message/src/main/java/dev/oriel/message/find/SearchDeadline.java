package dev.oriel.message.find;

import java.util.function.BooleanSupplier;

/// When a search is given up: at a time, or when its result is no longer wanted. Any thread.
public final class SearchDeadline {
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
}
