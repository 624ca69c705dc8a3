package dev.oriel.journal;

import dev.oriel.journal.JournalException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/// The one connection that writes, and the turn that whoever writes must wait for.
final class Writer implements AutoCloseable {
    private final ReentrantLock turn = new ReentrantLock();
    private final Connection connection;
    private final Faults faults;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private boolean closed;

    Writer(Connection connection, Faults faults) throws SQLException {
        this.connection = connection;
        this.faults = faults;
        this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
        this.commit = connection.prepareStatement("COMMIT");
    }

    /// A statement that lives as long as the writer; only to be used inside [#write].
    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /// Runs work in a transaction: all of it is in the file when this returns, or nothing.
    <T> T write(Work<T> work) throws JournalException {
        turn.lock();
        try {
            open();
            begin.execute();
            T result = work.run();
            commit.execute();
            return result;
        } catch (SQLException e) {
            rollBack(e);
            throw faults.of(e);
        } catch (RuntimeException | Error e) {
            rollBack(e);
            throw e;
        } finally {
            turn.unlock();
        }
    }

    /// Runs something while nobody writes.
    void alone(Step step) throws SQLException {
        turn.lock();
        try {
            if (!closed) {
                step.run();
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                connection.close();
            }
        } finally {
            turn.unlock();
        }
    }

    private void open() throws JournalException {
        if (closed) {
            throw new JournalException(Kind.IO, "The journal is closed.", null);
        }
    }

    /// Some errors (a full disk) have rolled back already, and then there is nothing to roll back.
    private void rollBack(Throwable because) {
        if (closed) {
            return;
        }
        try {
            Sqlite.run(connection, "ROLLBACK");
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /// What is done in a transaction.
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException, JournalException;
    }

    /// What is done between transactions.
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }
}
