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

/// The only connection for writing, and the lock that its users wait for.
///
/// The driver closes a prepared statement that failed, and cached state of a failed transaction is
/// wrong. After each failure all of it is discarded and prepared again for the next transaction.
final class JournalWriter implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection; // used with lock held
    private final SqliteErrors errors;
    private final List<PreparedStatement> statements = new ArrayList<>(); // guarded by lock

    /// Guarded by lock. Null before the first transaction and after each failure.
    private @Nullable JournalTables tables;

    private boolean closed; // guarded by lock

    JournalWriter(Connection connection, SqliteErrors errors) {
        this.connection = connection;
        this.errors = errors;
    }

    /// Prepares a statement that is valid until a transaction fails. Called with the lock held, by
    /// what is created for [JournalTables].
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statements.add(statement);
        return statement;
    }

    /// Runs work in a transaction: when this returns, all or nothing of it is in the file.
    <T> T write(Work<T> work) throws JournalException {
        lock.lock();
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
                throw errors.toJournalException(e);
            } catch (RuntimeException | Error e) {
                rollBack(e);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Runs a step while no transaction is running. Does nothing after [#close].
    void runExclusively(SqlStep step) throws SQLException {
        lock.lock();
        try {
            if (!closed) {
                step.run();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                connection.close();
            }
        } finally {
            lock.unlock();
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

    /// Some errors, such as a full disk, have rolled the transaction back already; then the
    /// rollback fails.
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

    /// The work of a transaction.
    @FunctionalInterface
    interface Work<T> {
        T run(JournalTables tables) throws SQLException;
    }
}
