package dev.oriel.journal.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;

/// Opens connections to SQLite files, with the same settings for all.
public final class SqliteConnections {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnections.class);

    private SqliteConnections() {}

    /// Opens a connection for reading and writing.
    ///
    /// `synchronous=NORMAL` in WAL mode: a commit does not call fsync, a checkpoint does. When a
    /// commit returns, its pages are in the kernel and survive the end of the process. A power cut
    /// can lose the last commits, but does not damage the file. The journal forces to the disk what
    /// must survive a power cut.
    ///
    /// @param cacheKib page cache, KiB
    public static Connection open(Path file, int cacheKib) throws SQLException {
        Connection connection = connect(file);
        try {
            setUp(connection, cacheKib);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Opens a connection for reading. The file must exist.
    static Connection openReader(Path file, int cacheKib) throws SQLException {
        Connection connection = open(file, cacheKib);
        try {
            execute(connection, "PRAGMA query_only = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Opens a file that can be shorter than its header says; it can be read up to its end.
    public static Connection openDamaged(Path file) throws SQLException {
        Connection connection = connect(file);
        try {
            execute(connection, "PRAGMA writable_schema = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void setUp(Connection connection, int cacheKib) throws SQLException {
        execute(connection, "PRAGMA busy_timeout = 5000");
        execute(connection, "PRAGMA synchronous = NORMAL");
        execute(connection, "PRAGMA temp_store = MEMORY");
        execute(connection, "PRAGMA foreign_keys = OFF");
        execute(connection, "PRAGMA cache_size = -" + cacheKib);
    }

    /// Loads the native library and the driver, by using both once without a file.
    public static void loadDriver() {
        try (Connection memory = JDBC.createConnection("jdbc:sqlite::memory:", new Properties())) {
            setUp(memory, 64);
            queryLong(memory, "PRAGMA user_version");
        } catch (SQLException e) {
            // Opening a journal will report the same failure.
            LOG.debug("SQLite could not be loaded early: {}", e.toString());
        }
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Runs a step in a transaction: commits it, or rolls it back if it throws.
    ///
    /// @param begin `BEGIN`, or `BEGIN IMMEDIATE` to take the write lock at once
    public static void runInTransaction(Connection connection, String begin, SqlStep step)
            throws SQLException {
        execute(connection, begin);
        try {
            step.run();
            execute(connection, "COMMIT");
        } catch (SQLException | RuntimeException e) {
            try {
                execute(connection, "ROLLBACK");
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /// A number that is the only result of a query; 0 if there is no row.
    public static long queryLong(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /// The path is passed as a URI: in a plain JDBC address, a `?` in a folder's name would start
    /// the options.
    private static Connection connect(Path file) throws SQLException {
        String uri = "file:" + file.toAbsolutePath().toUri().getRawPath();
        return JDBC.createConnection("jdbc:sqlite:" + uri, new Properties());
    }
}
