package dev.oriel.journal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.database.SqliteConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files of an index are used, and which are built again.
class SearchFileTest {
    private static final byte[] MINE = {1, 2, 3};
    private static final byte[] OTHER = {1, 2, 4};

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("index.db");
    }

    /// Creates an index with one entry.
    private void create() throws Exception {
        try (Connection index = SearchFile.open(file, MINE)) {
            SqliteConnections.execute(index, "INSERT INTO marker VALUES (7, 1)");
        }
    }

    private void change(String statement) throws Exception {
        try (Connection index = SqliteConnections.open(file, 64)) {
            SqliteConnections.execute(index, statement);
        }
    }

    private long entries(byte[] identity) throws Exception {
        try (Connection index = SearchFile.open(file, identity)) {
            return SqliteConnections.queryLong(index, "SELECT count(*) FROM marker");
        }
    }

    @Test
    void theIndexOfTheSameJournalIsUsedAgain() throws Exception {
        create();
        assertThat(entries(MINE)).isEqualTo(1);
    }

    @Test
    void theIndexOfAnotherJournalIsBuiltAgain() throws Exception {
        create();
        assertThat(entries(OTHER)).isZero();
        assertThat(entries(MINE)).as("its entries were deleted").isZero();
    }

    @Test
    void anIndexOfANewerVersionIsBuiltAgain() throws Exception {
        create();
        change("PRAGMA user_version = 99");
        assertThat(entries(MINE)).isZero();
    }

    @Test
    void anIndexWhosePagesAreDamagedIsBuiltAgain() throws Exception {
        create();
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 100, bytes.length, (byte) 0);
        Files.write(file, bytes);
        assertThat(entries(MINE)).isZero();
    }

    @Test
    void aFileThatIsNoDatabaseIsBuiltAgainWithItsLog() throws Exception {
        Files.writeString(file, "no database ".repeat(100));
        Files.writeString(folder.resolve("index.db-wal"), "no log");
        assertThat(entries(MINE)).isZero();
    }

    @Test
    void whatTheDiskRefusesIsAFailureAndNotReplaced() throws Exception {
        Files.createDirectories(file.resolve("in the way"));
        assertThatThrownBy(() -> SearchFile.open(file, MINE)).isInstanceOf(Exception.class);
        assertThat(file.resolve("in the way")).exists();
    }

    @Test
    void deletingRemovesAllFilesAndSucceedsIfThereAreNone() throws Exception {
        for (String end : new String[] {"", "-wal", "-shm"}) {
            Files.createFile(folder.resolve("index.db" + end));
        }
        SearchFile.delete(file);
        SearchFile.delete(file);
        assertThat(folder).isEmptyDirectory();
    }
}
