package dev.oriel.journal.database;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import dev.oriel.journal.SessionRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// A few connections for reading, opened when they are needed and reused. A query sees everything
/// that was committed before it starts, and never waits for a writer.
///
/// Any thread. Each method blocks while all connections are in use.
public final class ReaderPool implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 3;
    private static final int CACHE_KIB = 1024;

    private final Path file;
    private final SqliteErrors errors;
    private final Semaphore permits = new Semaphore(MAX_CONNECTIONS, true);
    private final Deque<JournalReader> idle = new ArrayDeque<>(); // guarded by itself
    private boolean closed; // guarded by idle

    public ReaderPool(Path file, SqliteErrors errors) {
        this.file = file;
        this.errors = errors;
    }

    /// Runs a query on one of the connections.
    public <T> T read(Query<T> query) throws JournalException {
        permits.acquireUninterruptibly();
        try {
            JournalReader reader = acquire();
            // After a failure the driver closes the prepared statement, so the reader is not
            // reused.
            boolean reusable = false;
            try {
                T result = query.run(reader);
                reusable = true;
                return result;
            } finally {
                release(reader, reusable);
            }
        } catch (SQLException e) {
            throw errors.toJournalException(e);
        } finally {
            permits.release();
        }
    }

    /// All sessions without their options, the most recently changed first. If the file is damaged,
    /// their last seq can be 0.
    public List<SessionRecord> sessions() throws JournalException {
        try {
            return read(JournalReader::sessions);
        } catch (JournalException e) {
            if (e.kind() != Kind.UNREADABLE) {
                throw e;
            }
            return read(JournalReader::sessionsUncounted);
        }
    }

    /// The last seq of each session, by the session's number. If the file is damaged, it can be
    /// [JournalSchema#MAX_SEQ].
    public Map<Long, Long> lastSeqs() throws JournalException {
        try {
            return read(JournalReader::lastSeqs);
        } catch (JournalException e) {
            if (e.kind() != Kind.UNREADABLE) {
                throw e;
            }
            return read(JournalReader::uncountedLastSeqs);
        }
    }

    /// Messages of a session after a position. If the file is damaged, a notice replaces each
    /// message that cannot be read.
    public List<Entry> messagesAfter(long session, long after, int limit) throws JournalException {
        return page(
                reader -> reader.messagesAfter(session, after, limit),
                damaged -> damaged.messagesAfter(session, after, limit));
    }

    /// Messages of a session before a position; see [#messagesAfter].
    public List<Entry> messagesBefore(long session, long before, int limit)
            throws JournalException {
        return page(
                reader -> reader.messagesBefore(session, before, limit),
                damaged -> damaged.messagesBefore(session, before, limit));
    }

    private List<Entry> page(Query<List<Entry>> whole, DamagedQuery single)
            throws JournalException {
        try {
            return read(whole);
        } catch (JournalException e) {
            if (e.kind() != Kind.UNREADABLE) {
                throw e;
            }
            return read(reader -> single.run(new DamagedPageReader(reader.connection())));
        }
    }

    /// Waits until no query is running.
    @Override
    public void close() throws SQLException {
        permits.acquireUninterruptibly(MAX_CONNECTIONS);
        try {
            synchronized (idle) {
                closed = true;
                for (JournalReader reader : idle) {
                    reader.connection().close();
                }
                idle.clear();
            }
        } finally {
            permits.release(MAX_CONNECTIONS);
        }
    }

    private JournalReader acquire() throws SQLException, JournalException {
        synchronized (idle) {
            if (closed) {
                throw new JournalException(Kind.IO, "The journal is closed.", null);
            }
            JournalReader reader = idle.pollLast();
            if (reader != null) {
                return reader;
            }
        }
        Connection connection = SqliteConnections.openReader(file, CACHE_KIB);
        try {
            return new JournalReader(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void release(JournalReader reader, boolean reusable) throws SQLException {
        if (!reusable) {
            reader.connection().close();
            return;
        }
        synchronized (idle) {
            idle.addLast(reader);
        }
    }

    /// A query that reads message by message.
    @FunctionalInterface
    private interface DamagedQuery {
        List<Entry> run(DamagedPageReader damaged) throws SQLException;
    }

    /// A query on one connection.
    @FunctionalInterface
    public interface Query<T> {
        T run(JournalReader reader) throws SQLException, JournalException;
    }
}
