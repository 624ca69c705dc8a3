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

/// Opens connections to SQLite files and sets them up, all of them alike.
public final class SqliteConnections {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnections.class);

    private SqliteConnections() {}

    /// A connection that may write.
    ///
    /// `synchronous=NORMAL` in WAL mode: no fsync at a commit, one at a checkpoint. A commit is in
    /// the kernel's hands when it returns, so it survives the death of the process; at a power cut
    /// the last ones may be lost, but the file stays whole. What must not be lost even then is
    /// forced to the disk by `GroupSync`.
    ///
    /// @param cacheKib memory for pages, KiB
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

    /// A connection that only reads; the file must exist.
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

    /// A connection to a file that may be shorter than it says: it can be read as far as it goes.
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
            // Whoever opens a journal meets the same failure, and says so.
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

    /// The path goes in as a URI: in a plain JDBC address a `?` in a folder's name would begin the
    /// options.
    private static Connection connect(Path file) throws SQLException {
        String uri = "file:" + file.toAbsolutePath().toUri().getRawPath();
        return JDBC.createConnection("jdbc:sqlite:" + uri, new Properties());
    }
}
