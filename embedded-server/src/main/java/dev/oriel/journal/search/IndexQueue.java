package dev.oriel.journal.search;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Sessions with messages that are not indexed yet, first come, first served. A session that failed
/// goes to the end and is due again after a delay that doubles with each further failure, so that
/// it neither delays others nor is retried without a pause.
///
/// Times are those of [System#nanoTime]. Any thread.
final class IndexQueue {
    private static final long FIRST_DELAY = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_DELAY = TimeUnit.MINUTES.toNanos(2);

    private final Map<Long, Entry> waiting = new LinkedHashMap<>(); // guarded by this
    private int failing; // guarded by this: how many of them have failed

    /// @param session the session's number in the journal
    /// @param failures how often it failed in a row
    /// @param dueAt when it can be processed, if it failed
    record Entry(long session, int failures, long dueAt) {
        private boolean isDue(long now) {
            return failures == 0 || now - dueAt >= 0;
        }
    }

    /// The delay after so many failures in a row, in nanoseconds.
    ///
    /// @param failures at least 1
    static long delay(int failures) {
        return Math.min(MAX_DELAY, FIRST_DELAY << Math.min(failures - 1, 10));
    }

    /// Adds a session, unless it is waiting already.
    synchronized void add(long session) {
        waiting.putIfAbsent(session, new Entry(session, 0, 0));
    }

    /// Adds a session that could not be processed.
    ///
    /// @param entry from [#poll]
    synchronized void addFailed(Entry entry, long now) {
        int failures = entry.failures() + 1;
        waiting.remove(entry.session());
        waiting.put(entry.session(), new Entry(entry.session(), failures, now + delay(failures)));
        failing++;
    }

    /// Removes the first session that is due.
    synchronized Optional<Entry> poll(long now) {
        for (Iterator<Entry> all = waiting.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.isDue(now)) {
                all.remove();
                failing -= entry.failures() > 0 ? 1 : 0;
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /// Whether a session is waiting that has failed.
    synchronized boolean hasFailed() {
        return failing > 0;
    }

    /// How long until a session is due, in nanoseconds; 0 if one is, [Long#MAX_VALUE] if none is
    /// waiting.
    synchronized long nanosUntilDue(long now) {
        long shortest = Long.MAX_VALUE;
        for (Entry entry : waiting.values()) {
            shortest = Math.min(shortest, entry.isDue(now) ? 0 : entry.dueAt() - now);
        }
        return shortest;
    }
}
