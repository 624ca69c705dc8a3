package dev.oriel.journal.sqlite;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import dev.oriel.journal.database.SqlStep;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one connection that writes, and the turn that whoever writes must wait for.
///
/// A prepared statement that failed cannot be used again (the driver lets go of it), and what was
/// remembered of a transaction that failed is wrong. So after every failure all of it is thrown
/// away, and prepared anew for the next one.
final class JournalWriter implements AutoCloseable {
    private final ReentrantLock turn = new ReentrantLock();
    private final Connection connection;
    private final SqliteErrors faults;
    private final List<PreparedStatement> statements = new ArrayList<>();
    private @Nullable JournalTables tables;
    private boolean closed;

    JournalWriter(Connection connection, SqliteErrors faults) {
        this.connection = connection;
        this.faults = faults;
    }

    /// A statement that lives until something fails.
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statements.add(statement);
        return statement;
    }

    /// Runs work in a transaction: all of it is in the file when this returns, or nothing.
    <T> T write(Work<T> work) throws JournalException {
        turn.lock();
        try {
            if (closed) {
                throw new JournalException(Kind.IO, "The journal is closed.", null);
            }
            try {
                JournalTables open = tables();
                open.begin().execute();
                T result = work.run(open);
                open.commit().execute();
                return result;
            } catch (SQLException e) {
                rollBack(e);
                throw faults.toJournalException(e);
            } catch (RuntimeException | Error e) {
                rollBack(e);
                throw e;
            }
        } finally {
            turn.unlock();
        }
    }

    /// Runs something while nobody writes.
    void runExclusively(SqlStep step) throws SQLException {
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

    private JournalTables tables() throws SQLException {
        JournalTables known = tables;
        if (known == null) {
            known = JournalTables.prepare(this);
            tables = known;
        }
        return known;
    }

    /// Some errors (a full disk) have rolled back already, and then there is nothing to roll back.
    private void rollBack(Throwable because) {
        try {
            for (PreparedStatement statement : statements) {
                statement.close();
            }
            SqliteConnections.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
        statements.clear();
        tables = null;
    }

    /// What is done in a transaction.
    @FunctionalInterface
    interface Work<T> {
        T run(JournalTables tables) throws SQLException;
    }
}
