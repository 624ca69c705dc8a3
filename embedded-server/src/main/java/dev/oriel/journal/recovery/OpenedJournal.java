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

/// A journal's file that is open and of the present version, after a look at what has become of it
/// since the last server left it: where it is gone or damaged, what is left of it is kept aside.
///
/// @param connection may write
/// @param before what the last server has written of this journal; null if this is a new one
public record OpenedJournal(Path file, Connection connection, @Nullable JournalMark before) {
    /// Large messages need few pages then: against 4 KiB pages 100 KB messages are written about
    /// three times as fast, and a single small one takes the same time.
    public static final int PAGE_BYTES = 16 * 1024;

    private static final int CACHE_KIB = 2048;

    /// The log's file shrinks to that after a burst.
    private static final int LOG_BYTES = 64 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(OpenedJournal.class);

    /// @param file locked by this process
    public static OpenedJournal open(Path file) throws SQLException, IOException {
        JournalMark mark = JournalMark.read(file);
        var last = new JournalLossCheck(file, mark);
        boolean gone = last.isJournalMissing();
        if (gone) {
            last.moveAside("The journal was deleted, emptied or cut while no server was running.");
        }
        JournalSchema.SCHEMA.checkHeader(file);
        boolean logLost = !gone && last.isLogMissing();
        Connection connection = sound(last);
        try {
            if (logLost) {
                LOG.error(
                        "The journal's write-ahead log was deleted or emptied while no server was"
                                + " running: the last messages before that are missing.");
                // Positions that clients know may be given again.
                SqliteConnections.execute(
                        connection, "UPDATE journal SET identity = randomblob(16)");
            }
            return new OpenedJournal(file, connection, gone || logLost ? null : mark);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// A connection to the journal, or where it is damaged to a new one with all that can be read
    /// of it.
    private static Connection sound(JournalLossCheck last) throws SQLException, IOException {
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

    /// Writes down that the journal is open. Where that fails, a later loss is not noticed.
    public void markOpen(UUID identity) {
        boolean other = before == null || !before.identity().equals(identity);
        if (other && before != null) {
            LOG.warn("The journal is another one than the last time it was opened.");
        }
        try {
            // The log must not be empty while the mark says that it is there.
            SqliteConnections.execute(
                    connection, "PRAGMA user_version = " + JournalSchema.SCHEMA.version());
            new JournalMark(identity, true).write(file, other);
        } catch (SQLException | IOException e) {
            LOG.warn("The journal could not be marked as open: {}", e.getMessage());
        }
    }
}
