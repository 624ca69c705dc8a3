package dev.oriel.journal;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A few connections that read, made when they are needed and kept. They see what was committed
/// before they ask, and wait for each other at most, never for a writer.
final class Readers implements AutoCloseable {
    private static final int MOST = 3;
    private static final int CACHE_KIB = 1024;

    private final Path file;
    private final Faults faults;
    private final Semaphore permits = new Semaphore(MOST, true);
    private final Deque<Reader> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(Path file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    /// Runs a query on a connection of its own.
    <T> T read(Query<T> query) throws JournalException {
        permits.acquireUninterruptibly();
        try {
            Reader reader = take();
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
            throw faults.of(e);
        } finally {
            permits.release();
        }
    }

    /// All sessions, the last changed first.
    List<SessionRecord> sessions() throws JournalException {
        try {
            return read(Reader::sessions);
        } catch (JournalException e) {
            if (e.kind() != Kind.UNREADABLE) {
                throw e;
            }
            return read(Reader::sessionsUncounted);
        }
    }

    /// Messages of a session after a position. Where the file is damaged, only what cannot be read
    /// is missing of them.
    List<Entry> after(long session, long after, int limit) throws JournalException {
        return page(
                reader -> reader.after(session, after, limit),
                damaged -> damaged.after(session, after, limit));
    }

    /// Messages of a session before a position, as [#after].
    List<Entry> before(long session, long before, int limit) throws JournalException {
        return page(
                reader -> reader.before(session, before, limit),
                damaged -> damaged.before(session, before, limit));
    }

    private List<Entry> page(Query<List<Entry>> usual, Mending mending) throws JournalException {
        try {
            return read(usual);
        } catch (JournalException e) {
            if (e.kind() != Kind.UNREADABLE) {
                throw e;
            }
            return read(reader -> mending.run(new DamagedMessages(reader.connection())));
        }
    }

    /// Waits for queries that are running.
    @Override
    public void close() throws SQLException {
        permits.acquireUninterruptibly(MOST);
        try {
            synchronized (idle) {
                closed = true;
                for (Reader reader : idle) {
                    reader.connection().close();
                }
                idle.clear();
            }
        } finally {
            permits.release(MOST);
        }
    }

    private Reader take() throws SQLException, JournalException {
        synchronized (idle) {
            if (closed) {
                throw new JournalException(Kind.IO, "The journal is closed.", null);
            }
            Reader reader = idle.pollLast();
            if (reader != null) {
                return reader;
            }
        }
        Connection connection = Sqlite.openReader(file, CACHE_KIB);
        try {
            return new Reader(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void giveBack(Reader reader, boolean sound) throws SQLException {
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
        List<Entry> run(DamagedMessages damaged) throws SQLException;
    }

    /// What is asked of a connection.
    @FunctionalInterface
    interface Query<T> {
        T run(Reader reader) throws SQLException, JournalException;
    }
}
