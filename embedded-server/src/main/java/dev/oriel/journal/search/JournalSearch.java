package dev.oriel.journal.search;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.Journal.SearchHit;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.JournalReader;
import dev.oriel.journal.database.ReaderPool;
import dev.oriel.journal.database.SqliteErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the search index current, on a thread of its own that uses at most a quarter of its time,
/// and answers queries.
///
/// The index has its own file and its own connection, so that appending never waits for it. The
/// position up to which a session is indexed is part of the index, in the same transaction as the
/// words: after a crash the index continues where it was.
///
/// **Failures.** A session that cannot be read is retried with growing delays and affects no other.
/// If the index itself cannot be used, it is opened again, or deleted and built again if it is
/// damaged, also with growing delays.
///
/// **Threads.** Any thread.
public final class JournalSearch implements AutoCloseable {
    /// How long a search waits for the index to become current. It does not find what is not
    /// indexed by then.
    private static final long MAX_CATCH_UP = TimeUnit.MILLISECONDS.toNanos(750);

    /// The index waits until nothing has been appended for this long,
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(250);

    /// but at most for this long.
    private static final long MAX_WAIT_FOR_QUIET = TimeUnit.SECONDS.toNanos(2);

    /// The start of the server has priority for this long.
    private static final long START_DELAY = TimeUnit.SECONDS.toNanos(1);

    /// Messages that are indexed in one transaction.
    private static final int BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(JournalSearch.class);

    private final Path file;
    private final ReaderPool journal;
    private final IndexQueue queue = new IndexQueue();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread;
    private @Nullable SearchIndex index; // guarded by lock
    private int indexFailures; // guarded by lock: in a row
    private boolean failureLogged; // guarded by lock
    private volatile boolean idle;
    private volatile long lastChange = System.nanoTime();
    private volatile boolean closed;

    /// What the thread does next.
    private sealed interface Outcome {
        /// A batch was processed.
        record Worked() implements Outcome {}

        /// The index cannot be used for now.
        record Failed(long delayNanos) implements Outcome {}

        /// No session is due.
        record Idle() implements Outcome {}
    }

    private JournalSearch(Path file, ReaderPool journal) {
        this.file = file;
        this.journal = journal;
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
        queue.add(session);
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
        lock.lock();
        try {
            SearchIndex open = open();
            long deadline = System.nanoTime() + MAX_CATCH_UP;
            while (System.nanoTime() - deadline < 0 && indexNext(open)) {
                // Batch by batch, until the index is current.
            }
            return SearchHits.collect(open, journal, match.get(), session, limit);
        } catch (SQLException e) {
            discard(e);
            throw e;
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            if (index != null) {
                index.close();
                index = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        sleep(START_DELAY);
        while (!closed) {
            awaitQuiet();
            long start = System.nanoTime();
            switch (work()) {
                case Outcome.Worked() -> sleep(3 * (System.nanoTime() - start));
                case Outcome.Failed(long delay) -> sleep(delay);
                case Outcome.Idle() -> awaitDue();
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
        long nanos = queue.nanosUntilDue(System.nanoTime());
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

    private Outcome work() {
        lock.lock();
        try {
            if (closed) {
                return new Outcome.Idle();
            }
            boolean worked = indexNext(open());
            indexFailures = 0;
            if (failureLogged && !queue.hasFailed()) {
                failureLogged = false;
                LOG.info("The search index is current again.");
            }
            return worked ? new Outcome.Worked() : new Outcome.Idle();
        } catch (SQLException | IOException | RuntimeException e) {
            indexFailures++;
            logFailure(e);
            discard(e);
            return new Outcome.Failed(IndexQueue.delay(indexFailures));
        } finally {
            lock.unlock();
        }
    }

    /// Logs the first of several failures.
    private void logFailure(Exception e) {
        if (!failureLogged) {
            failureLogged = true;
            LOG.warn("The search index is not current for now: {}", e.getMessage());
        }
    }

    /// Closes the index after a failure, and deletes it if it is damaged. It is opened again when
    /// it is next needed.
    private void discard(Exception because) {
        SearchIndex broken = index;
        index = null;
        try {
            if (broken != null) {
                broken.close();
            }
            if (because instanceof SQLException e && SqliteErrors.isDamage(e)) {
                SearchFile.delete(file);
            }
        } catch (SQLException | IOException e) {
            because.addSuppressed(e);
        }
    }

    /// The open index. Opens it if necessary, and queues the sessions in which the journal is ahead
    /// of it.
    private SearchIndex open() throws SQLException, IOException {
        SearchIndex known = index;
        if (known != null) {
            return known;
        }
        if (closed) {
            throw new JournalException(JournalException.Kind.IO, "The journal is closed.", null);
        }
        var opened = new SearchIndex(SearchFile.open(file, journal.read(JournalReader::identity)));
        try {
            queueOutdated(opened);
        } catch (SQLException | IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        index = opened;
        return opened;
    }

    private void queueOutdated(SearchIndex opened) throws SQLException, IOException {
        Map<Long, Long> markers = opened.markers();
        Map<Long, Long> lastSeqs = journal.lastSeqs();
        lastSeqs.forEach((session, lastSeq) -> {
            if (markers.getOrDefault(session, 0L) < lastSeq) {
                queue.add(session);
            }
        });
        for (long session : markers.keySet()) {
            if (!lastSeqs.containsKey(session)) {
                queue.add(session);
            }
        }
    }

    /// Indexes one batch of the first session that is due.
    ///
    /// @return whether there was one
    /// @throws SQLException if the index cannot be used; the session stays in the queue
    private boolean indexNext(SearchIndex open) throws SQLException {
        // Removed before it is read: messages that are appended from here on add it again.
        IndexQueue.Entry next = queue.poll(System.nanoTime()).orElse(null);
        if (next == null) {
            return false;
        }
        try {
            if (indexBatch(open, next.session())) {
                queue.add(next.session());
            }
        } catch (SQLException e) {
            queue.addFailed(next, System.nanoTime());
            throw e;
        } catch (IOException | RuntimeException e) {
            queue.addFailed(next, System.nanoTime());
            logFailure(e);
        }
        return true;
    }

    /// @return whether there is more to do in the session
    /// @throws IOException if the session cannot be read
    private boolean indexBatch(SearchIndex open, long session) throws SQLException, IOException {
        if (journal.read(reader -> reader.findSessionId(session)).isEmpty()) {
            return open.remove(session, BATCH);
        }
        List<Entry> batch = journal.messagesAfter(session, open.marker(session), BATCH);
        if (!batch.isEmpty()) {
            open.add(session, batch);
        }
        return !batch.isEmpty();
    }
}
