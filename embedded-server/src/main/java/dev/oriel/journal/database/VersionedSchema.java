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

/// The tables of one kind of file, and the migrations from each older version to the current one.
///
/// `PRAGMA application_id` identifies the kind of a file, `PRAGMA user_version` its version. The
/// first n migrations produce version n. A published migration is never changed; changes are
/// further migrations.
///
/// @param applicationId identifies files of this kind
/// @param migrations a list of statements each; all are run in one transaction
public record VersionedSchema(int applicationId, List<List<String>> migrations) {
    private static final int USER_VERSION_AT = 60;
    private static final int APPLICATION_ID_AT = 68;
    private static final int HEADER = 100;

    public int version() {
        return migrations.size();
    }

    /// Reads a file's header without opening the file as a database, so that a file of another
    /// program is not changed, not even by the recovery of its write-ahead log.
    ///
    /// @throws JournalException of kind `UNREADABLE` if the file is of another kind or of a newer
    ///   version
    public void checkHeader(Path file) throws JournalException {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return;
            }
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (header.hasRemaining() && channel.read(header) >= 0) {
                    // Reads until the header is complete or the file ends.
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

    /// Migrates the file to the current version, and writes its header to the file itself for
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

    /// A file of version 0 was created but not initialized, because the process ended before the
    /// first migration.
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
