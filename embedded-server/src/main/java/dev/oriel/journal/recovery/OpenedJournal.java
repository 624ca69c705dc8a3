package dev.oriel.journal.recovery;

import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open journal file in the current version. Before it is opened, the files are compared with
/// what the last server left. If they are missing or damaged, the remains are moved aside.
///
/// @param connection for writing
/// @param before what the last server recorded of this journal; null if the journal is new
public record OpenedJournal(Path file, Connection connection, @Nullable JournalMark before) {
    /// Large pages suit large messages: compared with 4 KiB pages, messages of 100 KB are written
    /// about three times as fast, and a single small one takes the same time.
    public static final int PAGE_BYTES = 16 * 1024;

    private static final int CACHE_KIB = 2048;

    /// Size to which the log's file shrinks after a burst.
    private static final int LOG_BYTES = 64 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(OpenedJournal.class);

    /// @param file must be locked by this process
    public static OpenedJournal open(Path file) throws SQLException, IOException {
        JournalMark mark = JournalMark.read(file);
        var last = new JournalLossCheck(file, mark);
        boolean missing = last.isJournalMissing();
        if (missing) {
            last.moveAside("The journal was deleted, emptied or cut while no server was running.");
        }
        JournalSchema.SCHEMA.checkHeader(file);
        boolean logLost = !missing && last.isLogMissing();
        Connection connection = connectOrRecover(last);
        try {
            if (logLost) {
                LOG.error(
                        "The journal's write-ahead log was deleted or emptied while no server was"
                                + " running: the last messages before that are missing.");
                // The positions that clients know can be assigned again.
                SqliteConnections.execute(
                        connection, "UPDATE journal SET identity = randomblob(16)");
            }
            return new OpenedJournal(file, connection, missing || logLost ? null : mark);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// A connection to the journal. If the file is damaged, a connection to a new journal with
    /// everything that could be read.
    private static Connection connectOrRecover(JournalLossCheck last)
            throws SQLException, IOException {
        try {
            return connect(last.file());
        } catch (SQLException e) {
            if (last.mark() == null || !SqliteErrors.isDamage(e)) {
                throw e;
            }
        }
        Path damaged = last.moveAside("The journal is damaged.");
        Connection fresh = connect(last.file());
        try {
            JournalRecovery.recover(damaged, fresh);
            return fresh;
        } catch (SQLException e) {
            fresh.close();
            last.restore(damaged);
            throw e;
        }
    }

    private static Connection connect(Path file) throws SQLException, IOException {
        Connection connection =
                SqliteConnections.open(PrivateFiles.createIfMissing(file), CACHE_KIB);
        try {
            SqliteConnections.execute(connection, "PRAGMA page_size = " + PAGE_BYTES);
            SqliteConnections.execute(connection, "PRAGMA journal_mode = WAL");
            SqliteConnections.execute(connection, "PRAGMA journal_size_limit = " + LOG_BYTES);
            SqliteConnections.execute(connection, "PRAGMA wal_autocheckpoint = 0");
            JournalSchema.SCHEMA.migrate(connection);
            JournalRecovery.requireReadable(connection);
            return connection;
        } catch (SQLException | IOException e) {
            connection.close();
            throw e;
        }
    }

    /// Records that the journal is open. If that fails, a later loss is not noticed.
    public void markOpen(UUID identity) {
        boolean other = before == null || !before.identity().equals(identity);
        if (other && before != null) {
            LOG.warn("The journal is another one than the last time it was opened.");
        }
        try {
            // Writes to the log: it must not be empty while the mark says that it exists.
            SqliteConnections.execute(
                    connection, "PRAGMA user_version = " + JournalSchema.SCHEMA.version());
            new JournalMark(identity, true).write(file, other);
        } catch (SQLException | IOException e) {
            LOG.warn("The journal could not be marked as open: {}", e.getMessage());
        }
    }
}
