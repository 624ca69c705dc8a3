package dev.oriel.journal.search;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.Journal.SearchHit;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.JournalReader;
import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.ReaderPool;
import dev.oriel.journal.database.SqliteErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the search index up with the journal, on a thread of its own that rests more than it
/// works, and answers queries.
///
/// The index has its own file and its own connection: whoever appends never waits for it. How far
/// it has come stands in the index itself, in the same transaction as the words, so a crash costs
/// nothing but the way that is left.
public final class JournalSearch implements AutoCloseable {
    /// A search waits so long for the index to catch up; what is not indexed then is not found yet.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(750);

    /// After something was appended the index waits so long for more of it.
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(250);

    /// However much is appended, the index does a batch after so long.
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(2);

    /// What failed is tried again after so long, and each time after twice as long.
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(2);
    private static final int BATCH = 500;

    /// Longer messages than that (images, mostly) are not read again for a snippet.
    private static final int LONGEST = 16 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(JournalSearch.class);

    private final Path file;
    private final ReaderPool journal;
    private final Set<Long> behind = ConcurrentHashMap.newKeySet();
    private final ReentrantLock turn = new ReentrantLock();
    private final Thread thread;
    private @Nullable SearchIndex index;
    private int failures; // in a row; guarded by turn
    private volatile boolean idle;
    private volatile long lastChange = System.nanoTime();
    private volatile boolean closed;

    public JournalSearch(Path file, ReaderPool journal) {
        this.file = file;
        this.journal = journal;
        this.thread = Thread.ofPlatform().daemon().name("oriel-search-index").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// To be called when something of a session was appended or deleted.
    public void onChanged(long session) {
        lastChange = System.nanoTime();
        behind.add(session);
        if (idle) {
            idle = false;
            LockSupport.unpark(thread);
        }
    }

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
        turn.lock();
        try {
            SearchIndex open = open();
            long deadline = System.nanoTime() + PATIENCE;
            while (System.nanoTime() < deadline && step(open)) {
                // Catches up, batch by batch.
            }
            return search(open, match.get(), session.orElse(-1), limit);
        } catch (SQLException e) {
            discard(e);
            throw e;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        turn.lock();
        try {
            if (index != null) {
                index.close();
                index = null;
            }
        } finally {
            turn.unlock();
        }
    }

    private void run() {
        // The start belongs to whoever waits for the server to listen.
        rest(TimeUnit.SECONDS.toNanos(1));
        while (!closed) {
            awaitQuiet();
            long start = System.nanoTime();
            if (work()) {
                rest(3 * (System.nanoTime() - start));
            } else if (failures > 0) {
                rest(pause(failures));
            } else {
                idle = true;
                if (behind.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                idle = false;
            }
        }
    }

    /// How long nothing is tried after so many failures in a row.
    public static long pause(int failures) {
        return Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures - 1, 10));
    }

    /// While messages stream in the machine is theirs; but the index must not fall behind for good.
    private void awaitQuiet() {
        long until = System.nanoTime() + LONGEST_WAIT;
        for (long now = System.nanoTime();
                !closed && now < until && now - lastChange < GATHER;
                now = System.nanoTime()) {
            rest(GATHER);
        }
    }

    /// @return whether there was something to do, and it was done
    private boolean work() {
        turn.lock();
        try {
            boolean worked = !closed && step(open());
            if (failures > 0) {
                LOG.info("The search index is kept up again");
                failures = 0;
            }
            return worked;
        } catch (SQLException | IOException | RuntimeException e) {
            failures++;
            if (failures == 1) {
                LOG.warn("The search index is not kept up for now: {}", e.getMessage());
            }
            discard(e);
            return false;
        } finally {
            turn.unlock();
        }
    }

    /// After a failure the file is opened anew at the next need, or built anew if it is damaged.
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

    private void rest(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !closed; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private SearchIndex open() throws SQLException, IOException {
        SearchIndex open = index;
        if (open != null) {
            return open;
        }
        if (closed) {
            throw new JournalException(JournalException.Kind.IO, "The journal is closed.", null);
        }
        open = new SearchIndex(SearchFile.open(file, journal.read(JournalReader::identity)));
        index = open;
        Map<Long, Long> markers = open.markers();
        Map<Long, Long> lasts = journal.read(JournalReader::lastSeqs);
        lasts.forEach((session, last) -> {
            if (markers.getOrDefault(session, 0L) < last) {
                behind.add(session);
            }
        });
        for (long session : markers.keySet()) {
            if (!lasts.containsKey(session)) {
                behind.add(session);
            }
        }
        return open;
    }

    /// One batch of one session that is behind.
    ///
    /// @return whether there was one
    private boolean step(SearchIndex open) throws SQLException, IOException {
        var sessions = behind.iterator();
        if (!sessions.hasNext()) {
            return false;
        }
        long session = sessions.next();
        // Taken off first: what is appended from here on puts it back.
        sessions.remove();
        boolean more;
        if (journal.read(reader -> reader.findSessionId(session)).isEmpty()) {
            more = open.remove(session, BATCH);
        } else {
            long marker = open.marker(session);
            List<Entry> batch = journal.messagesAfter(session, marker, BATCH);
            if (!batch.isEmpty()) {
                open.add(session, batch);
            }
            more = !batch.isEmpty();
        }
        if (more) {
            behind.add(session);
        }
        return true;
    }

    private List<SearchHit> search(SearchIndex open, String match, long session, int limit)
            throws SQLException, JournalException {
        List<UUID> sessions = new ArrayList<>();
        List<Long> seqs = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        open.find(
                match,
                session,
                message -> {
                    Optional<UUID> id =
                            journal.read(reader ->
                                    reader.findSessionId(JournalSchema.sessionNumberOf(message)));
                    Optional<Entry> entry =
                            journal.read(reader -> reader.toEntry(message, LONGEST));
                    if (id.isPresent() && entry.isPresent()) {
                        sessions.add(id.get());
                        seqs.add(entry.get().seq());
                        texts.add(SearchableText.from(entry.get().body()));
                    }
                    return texts.size() < limit;
                });
        List<String> snippets = open.snippets(match, texts);
        List<SearchHit> hits = new ArrayList<>();
        for (int i = 0; i < snippets.size(); i++) {
            hits.add(new SearchHit(sessions.get(i), seqs.get(i), snippets.get(i)));
        }
        return hits;
    }
}
