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
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Updates the search index from the journal, one batch of messages at each call, and queries it.
///
/// The index has its own file and its own connection, so that appending never waits for it. The
/// position up to which a session is indexed is part of the index, in the same transaction as the
/// words: after a crash the index continues where it was.
///
/// **Failures.** A session that cannot be read is retried with growing delays and affects no other.
/// If the index itself cannot be used, it is opened again, or deleted and built again if it is
/// damaged, also with growing delays.
///
/// **Threads.** Any thread; one uses the index, others wait for it. Has no thread of its own.
final class IndexUpdater implements AutoCloseable {
    /// How long a search waits for the index to become current. It does not find what is not
    /// indexed by then.
    static final long MAX_CATCH_UP = TimeUnit.MILLISECONDS.toNanos(750);

    /// Messages that are indexed in one transaction.
    private static final int BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(IndexUpdater.class);

    private final Path file;
    private final ReaderPool journal;
    private final LongSupplier nanoTime;
    private final IndexQueue queue = new IndexQueue();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SearchIndex index; // guarded by lock
    private int indexFailures; // guarded by lock: in a row
    private boolean failureLogged; // guarded by lock
    private boolean closed; // guarded by lock

    /// The result of [#update].
    sealed interface Outcome {
        /// A batch was processed.
        record Worked() implements Outcome {}

        /// The index cannot be used for now.
        record Failed(long delayNanos) implements Outcome {}

        /// No session is due.
        record Idle() implements Outcome {}
    }

    /// @param file of the index; created when it is first needed
    /// @param nanoTime a clock as [System#nanoTime]
    IndexUpdater(Path file, ReaderPool journal, LongSupplier nanoTime) {
        this.file = file;
        this.journal = journal;
        this.nanoTime = nanoTime;
    }

    /// Queues a session whose messages were appended or deleted. Does not wait.
    ///
    /// @param session its number
    void add(long session) {
        queue.add(session);
    }

    /// How long until a session is due, in nanoseconds; see [IndexQueue#nanosUntilDue].
    long nanosUntilDue() {
        return queue.nanosUntilDue(nanoTime.getAsLong());
    }

    /// Indexes one batch of the first session that is due. Failures are logged once, until the
    /// index is current again.
    Outcome update() {
        lock.lock();
        try {
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

    /// Makes the index current, as far as [#MAX_CATCH_UP] permits, and finds messages.
    ///
    /// @param match an FTS5 expression
    /// @param session restricts the search to the session with this number
    List<SearchHit> find(String match, OptionalLong session, int limit)
            throws SQLException, IOException {
        lock.lock();
        try {
            SearchIndex open = open();
            long deadline = nanoTime.getAsLong() + MAX_CATCH_UP;
            while (nanoTime.getAsLong() - deadline < 0 && indexNext(open)) {
                // Batch by batch, until the index is current.
            }
            return SearchHits.collect(open, journal, match, session, limit);
        } catch (SQLException e) {
            discard(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /// Closes the index. Further searches fail.
    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            closed = true;
            if (index != null) {
                index.close();
                index = null;
            }
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

    /// @return whether a session was due
    /// @throws SQLException if the index cannot be used; the session stays in the queue
    private boolean indexNext(SearchIndex open) throws SQLException {
        // Removed before it is read: messages that are appended from here on add it again.
        IndexQueue.Entry next = queue.poll(nanoTime.getAsLong()).orElse(null);
        if (next == null) {
            return false;
        }
        try {
            if (indexBatch(open, next.session())) {
                queue.add(next.session());
            }
        } catch (SQLException e) {
            queue.addFailed(next, nanoTime.getAsLong());
            throw e;
        } catch (IOException | RuntimeException e) {
            queue.addFailed(next, nanoTime.getAsLong());
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
