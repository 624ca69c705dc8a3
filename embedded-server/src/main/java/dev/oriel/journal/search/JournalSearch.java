package dev.oriel.journal.search;

import dev.oriel.journal.Journal.SearchHit;
import dev.oriel.journal.database.ReaderPool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Full-text search in a journal. The index is updated by a thread of its own, which gives way to
/// appending and uses at most a quarter of its time, and by each search before it is answered.
///
/// **Threads.** Any thread.
public final class JournalSearch implements AutoCloseable {
    /// The index waits until nothing has been appended for this long,
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(250);

    /// but at most for this long.
    private static final long MAX_WAIT_FOR_QUIET = TimeUnit.SECONDS.toNanos(2);

    /// The start of the server has priority for this long.
    private static final long START_DELAY = TimeUnit.SECONDS.toNanos(1);

    private final ReaderPool journal;
    private final IndexUpdater updater;
    private final Thread thread;

    /// Whether the thread waits until a session is due, and must be woken for a new one.
    private volatile boolean idle;

    /// When a session was changed last.
    private volatile long lastChange = System.nanoTime();

    private volatile boolean closed;

    private JournalSearch(Path file, ReaderPool journal) {
        this.journal = journal;
        this.updater = new IndexUpdater(file, journal, System::nanoTime);
        this.thread = Thread.ofPlatform().daemon().name("oriel-search-index").unstarted(this::run);
    }

    /// Starts the thread that keeps the index current. It runs until [#close].
    ///
    /// @param file of the index; created if it does not exist
    public static JournalSearch start(Path file, ReaderPool journal) {
        var search = new JournalSearch(file, journal);
        search.thread.start();
        return search;
    }

    /// Must be called after messages of a session were appended or deleted.
    ///
    /// @param session its number
    public void onChanged(long session) {
        lastChange = System.nanoTime();
        updater.add(session);
        if (idle) {
            idle = false;
            LockSupport.unpark(thread);
        }
    }

    /// See [dev.oriel.journal.Journal#search].
    public List<SearchHit> search(String query, @Nullable UUID within, int limit)
            throws SQLException, IOException {
        Optional<String> match = SearchTokenizer.toMatchExpression(query);
        if (match.isEmpty() || limit <= 0) {
            return List.of();
        }
        OptionalLong session = OptionalLong.empty();
        if (within != null) {
            session = journal.read(reader -> reader.findSessionNumber(within));
            if (session.isEmpty()) {
                return List.of();
            }
        }
        return updater.find(match.get(), session, limit);
    }

    /// Waits for the batch that is being indexed.
    @Override
    public void close() throws SQLException {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        updater.close();
    }

    private void run() {
        sleep(START_DELAY);
        while (!closed) {
            awaitQuiet();
            if (closed) {
                return;
            }
            long start = System.nanoTime();
            switch (updater.update()) {
                case IndexUpdater.Outcome.Worked() -> sleep(3 * (System.nanoTime() - start));
                case IndexUpdater.Outcome.Failed(long delay) -> sleep(delay);
                case IndexUpdater.Outcome.Idle() -> awaitDue();
            }
        }
    }

    /// Waits while messages are being appended, but not so long that the index falls behind.
    private void awaitQuiet() {
        long until = System.nanoTime() + MAX_WAIT_FOR_QUIET;
        for (long now = System.nanoTime();
                !closed && now - until < 0 && now - lastChange < QUIET;
                now = System.nanoTime()) {
            sleep(QUIET);
        }
    }

    /// Waits until a session is due or added.
    private void awaitDue() {
        idle = true;
        // After `idle` is set: a session that is added from here on unparks the thread.
        long nanos = updater.nanosUntilDue();
        if (nanos > 0 && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        idle = false;
    }

    private void sleep(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long remaining = nanos;
                remaining > 0 && !closed;
                remaining = until - System.nanoTime()) {
            LockSupport.parkNanos(this, remaining);
        }
    }
}
