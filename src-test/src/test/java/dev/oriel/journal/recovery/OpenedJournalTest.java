package dev.oriel.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.testing.log.CapturedLog;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a journal's file is opened, and when that is recorded. What was lost or damaged between two
/// servers: [JournalLossCheckTest].
class OpenedJournalTest {
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("oriel.db");
    }

    @Test
    void aNewJournalHasLargePagesAndItsLogIsCopiedOnlyOnRequest() throws Exception {
        try (Connection connection = OpenedJournal.open(file).connection()) {
            assertThat(SqliteConnections.queryLong(connection, "PRAGMA page_size"))
                    .isEqualTo(16 * 1024);
            assertThat(SqliteConnections.queryLong(connection, "PRAGMA wal_autocheckpoint"))
                    .isZero();
            assertThat(SqliteConnections.queryLong(connection, "PRAGMA journal_size_limit"))
                    .isEqualTo(64 * 1024 * 1024);
        }
    }

    @Test
    void theMarkSaysOpenOnlyWhileTheLogIsNotEmpty() throws Exception {
        UUID identity = UUID.randomUUID();
        OpenedJournal opened = OpenedJournal.open(file);
        try (Connection _ = opened.connection()) {
            assertThat(JournalMark.read(file)).isNull();
            opened.markOpen(identity);
            assertThat(folder.resolve("oriel.db-wal")).isNotEmptyFile();
            assertThat(JournalMark.read(file)).isEqualTo(new JournalMark(identity, true));
        }
    }

    @Test
    void aJournalThatReplacedAnotherOneIsReportedOnce() throws Exception {
        SqliteJournal.open(file).close();
        Path other = folder.resolve("other.db");
        SqliteJournal.open(other).close();
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        try (var log = CapturedLog.warnings("dev.oriel.journal")) {
            SqliteJournal.open(file).close();
            assertThat(log.lines()).singleElement().asString().contains("is another one");
            SqliteJournal.open(file).close();
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void aMissingMarkIsNoLoss() throws Exception {
        SqliteJournal.open(file).close();
        Files.delete(folder.resolve("oriel.db.mark"));
        try (var log = CapturedLog.warnings("dev.oriel.journal")) {
            SqliteJournal.open(file).close();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aDamagedFileWithoutAMarkIsNotChanged() throws Exception {
        SqliteJournal.open(file).close();
        Files.delete(folder.resolve("oriel.db.mark"));
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(100);
            bytes.write(new byte[4_000]);
        }
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> OpenedJournal.open(file)).isInstanceOf(SQLException.class);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void aMarkThatCannotBeWrittenDoesNotPreventTheUse() throws Exception {
        Files.createDirectory(folder.resolve("oriel.db.mark.new"));
        try (var log = CapturedLog.warnings("dev.oriel.journal");
                SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.sessions()).isEmpty();
            assertThat(log.lines()).anyMatch(l -> l.contains("could not be marked as open"));
        }
    }
}
