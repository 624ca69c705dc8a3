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
import java.util.concurrent.Semaphore;

/// A few connections that read, made when they are needed and kept. They see what was committed
/// before they ask, and wait for each other at most, never for a writer.
public final class ReaderPool implements AutoCloseable {
    private static final int MOST = 3;
    private static final int CACHE_KIB = 1024;

    private final Path file;
    private final SqliteErrors faults;
    private final Semaphore permits = new Semaphore(MOST, true);
    private final Deque<JournalReader> idle = new ArrayDeque<>();
    private boolean closed;

    public ReaderPool(Path file, SqliteErrors faults) {
        this.file = file;
        this.faults = faults;
    }

    /// Runs a query on a connection of its own.
    public <T> T read(Query<T> query) throws JournalException {
        permits.acquireUninterruptibly();
        try {
            JournalReader reader = take();
            boolean sound = false;
            try {
                T answer = query.run(reader);
                // The driver lets go of a prepared statement that failed.
                sound = true;
                return answer;
            } finally {
                giveBack(reader, sound);
            }
        } catch (SQLException e) {
            throw faults.toJournalException(e);
        } finally {
            permits.release();
        }
    }

    /// All sessions, the last changed first.
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

    /// Messages of a session after a position. Where the file is damaged, only what cannot be read
    /// is missing of them.
    public List<Entry> messagesAfter(long session, long after, int limit) throws JournalException {
        return page(
                reader -> reader.messagesAfter(session, after, limit),
                damaged -> damaged.messagesAfter(session, after, limit));
    }

    /// Messages of a session before a position, as [#messagesAfter].
    public List<Entry> messagesBefore(long session, long before, int limit)
            throws JournalException {
        return page(
                reader -> reader.messagesBefore(session, before, limit),
                damaged -> damaged.messagesBefore(session, before, limit));
    }

    private List<Entry> page(Query<List<Entry>> usual, Mending mending) throws JournalException {
        try {
            return read(usual);
        } catch (JournalException e) {
            if (e.kind() != Kind.UNREADABLE) {
                throw e;
            }
            return read(reader -> mending.run(new DamagedPageReader(reader.connection())));
        }
    }

    /// Waits for queries that are running.
    @Override
    public void close() throws SQLException {
        permits.acquireUninterruptibly(MOST);
        try {
            synchronized (idle) {
                closed = true;
                for (JournalReader reader : idle) {
                    reader.connection().close();
                }
                idle.clear();
            }
        } finally {
            permits.release(MOST);
        }
    }

    private JournalReader take() throws SQLException, JournalException {
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

    private void giveBack(JournalReader reader, boolean sound) throws SQLException {
        if (!sound) {
            reader.connection().close();
            return;
        }
        synchronized (idle) {
            idle.addLast(reader);
        }
    }

    /// Reads what can be read of a damaged page.
    @FunctionalInterface
    private interface Mending {
        List<Entry> run(DamagedPageReader damaged) throws SQLException;
    }

    /// What is asked of a connection.
    @FunctionalInterface
    public interface Query<T> {
        T run(JournalReader reader) throws SQLException, JournalException;
    }
}
