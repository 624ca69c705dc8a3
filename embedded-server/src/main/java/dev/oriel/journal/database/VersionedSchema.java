package dev.oriel.journal.database;

import dev.oriel.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The tables of one kind of file, and the way from every older version of them to the present one.
///
/// A file says its kind in `PRAGMA application_id` and its version in `PRAGMA user_version`.
/// Version n is what the first n migrations make; a published migration is never changed, only
/// followed by another.
///
/// @param applicationId marks the file as one of this kind
/// @param migrations each a list of statements, run in one transaction
public record VersionedSchema(int applicationId, List<List<String>> migrations) {
    private static final int USER_VERSION_AT = 60;
    private static final int APPLICATION_ID_AT = 68;
    private static final int HEADER = 100;

    public int version() {
        return migrations.size();
    }

    /// Looks at a file's header without opening it as a database, so that a file which is not ours
    /// is not touched, not even by the recovery of its write-ahead log.
    ///
    /// @throws JournalException of kind `UNREADABLE` if it is of another kind, or newer
    public void checkHeader(Path file) throws JournalException {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return;
            }
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (header.hasRemaining() && channel.read(header) >= 0) {
                    // Reads on until the header is full or the file ends.
                }
            }
            if (header.hasRemaining()) {
                throw SqliteErrors.foreign();
            }
            check(header.getInt(APPLICATION_ID_AT), header.getInt(USER_VERSION_AT));
        } catch (IOException e) {
            throw new SqliteErrors(file).toJournalException(e);
        }
    }

    /// Brings the file to the present version. Leaves the header of the file itself up to date, for
    /// [#checkHeader].
    public void migrate(Connection connection) throws SQLException, JournalException {
        int from = (int) SqliteConnections.queryLong(connection, "PRAGMA user_version");
        check((int) SqliteConnections.queryLong(connection, "PRAGMA application_id"), from);
        if (from == version()) {
            return;
        }
        SqliteConnections.runInTransaction(
                connection,
                "BEGIN IMMEDIATE",
                () -> {
                    for (List<String> migration : migrations.subList(from, version())) {
                        for (String statement : migration) {
                            SqliteConnections.execute(connection, statement);
                        }
                    }
                    SqliteConnections.execute(
                            connection, "PRAGMA application_id = " + applicationId);
                    SqliteConnections.execute(connection, "PRAGMA user_version = " + version());
                });
        SqliteConnections.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// A file of version 0 was made but not filled: the process died before its first migration.
    private void check(int id, int version) throws JournalException {
        if (version == 0 && id == 0) {
            return;
        }
        if (id != applicationId) {
            throw SqliteErrors.foreign();
        }
        if (version > version()) {
            throw SqliteErrors.newer();
        }
    }
}
