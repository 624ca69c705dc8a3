package dev.oriel.journal.search;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of the search index. All of its content can be derived from the journal. A file that
/// cannot be used (damaged, of a newer version, of another journal) is therefore deleted and built
/// again.
final class SearchFile {
    private static final int CACHE_KIB = 2048;
    private static final Logger LOG = LoggerFactory.getLogger(SearchFile.class);

    private SearchFile() {}

    /// @param identity of the journal to which the index must belong
    static Connection open(Path file, byte[] identity) throws SQLException, IOException {
        try {
            Connection connection = tryOpen(file, identity);
            if (connection != null) {
                return connection;
            }
            LOG.info("The search index belongs to another journal and is built again.");
        } catch (JournalException | SQLException e) {
            if (!isUseless(e)) {
                throw e;
            }
            LOG.info("The search index cannot be used and is built again: {}", e.getMessage());
        }
        delete(file);
        Connection connection = tryOpen(file, identity);
        if (connection == null) {
            throw new IllegalStateException("a new index belongs to the journal that created it");
        }
        return connection;
    }

    /// Whether the file's content is unusable, in contrast to a disk that is full or cannot be read
    /// now.
    private static boolean isUseless(Exception e) {
        return switch (e) {
            case JournalException j -> j.kind() == JournalException.Kind.UNREADABLE;
            case SQLException s -> SqliteErrors.isDamage(s);
            default -> false;
        };
    }

    /// Deletes the index, which must be closed.
    static void delete(Path file) throws IOException {
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
        }
    }

    private static @Nullable Connection tryOpen(Path file, byte[] identity)
            throws SQLException, IOException {
        SearchSchema.SCHEMA.checkHeader(file);
        Connection connection =
                SqliteConnections.open(PrivateFiles.createIfMissing(file), CACHE_KIB);
        try {
            SqliteConnections.execute(connection, "PRAGMA journal_mode = WAL");
            SearchSchema.SCHEMA.migrate(connection);
            if (Arrays.equals(origin(connection, identity), identity)) {
                SqliteConnections.execute(
                        connection,
                        "CREATE VIRTUAL TABLE temp.shown USING fts5 (text, tokenize = '"
                                + SearchSchema.TOKENIZER
                                + "')");
                return connection;
            }
        } catch (SQLException | JournalException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return null;
    }

    /// The id of the journal to which the index belongs. A new index is assigned to the given one.
    private static byte[] origin(Connection connection, byte[] identity) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT journal FROM origin");
                ResultSet row = query.executeQuery()) {
            if (row.next()) {
                return row.getBytes(1);
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO origin (journal) VALUES (?)")) {
            insert.setBytes(1, identity);
            insert.executeUpdate();
        }
        return identity;
    }
}
