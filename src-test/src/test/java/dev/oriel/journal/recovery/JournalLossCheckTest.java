package dev.oriel.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.database.DamagedPageReader;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.testing.log.CapturedLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes of a journal's files while no server runs are detected at the next start.
class JournalLossCheckTest {
    @TempDir Path folder;
    private final UUID session = UUID.randomUUID();
    private Path file;
    private UUID identity;
    private CapturedLog log;

    @BeforeEach
    void fill() throws Exception {
        file = folder.resolve("journal.db");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            identity = journal.identity();
            journal.save(JournalFixtures.session(session));
            journal.append(session, 1, List.of(JournalFixtures.answer("hello")));
        }
        log = CapturedLog.warnings("dev.oriel.journal");
    }

    @AfterEach
    void end() {
        log.close();
    }

    private List<Path> aside() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().contains(".lost-"))
                    .sorted()
                    .toList();
        }
    }

    private void assertThatANewOneBegins() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.sessions()).isEmpty();
            assertThat(journal.identity()).isNotEqualTo(identity);
            assertThat(journal.search("hello", null, 5)).isEmpty();
        }
        assertThat(log.lines()).anyMatch(l -> l.contains("A new journal begins"));
    }

    @Test
    void anUnchangedJournalIsOpenedWithoutAMessage() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.identity()).isEqualTo(identity);
            assertThat(journal.sessions()).hasSize(1);
        }
        assertThat(log.lines()).isEmpty();
        assertThat(aside()).isEmpty();
    }

    @Test
    void anEmptiedJournalIsReported() throws Exception {
        Files.write(file, new byte[0]);
        assertThatANewOneBegins();
        log.lines().clear();
        SqliteJournal.open(file).close();
        assertThat(log.lines()).as("the next time").isEmpty();
    }

    @Test
    void aDeletedJournalIsReported() throws Exception {
        Files.delete(file);
        assertThatANewOneBegins();
    }

    @Test
    void theRemainsOfATruncatedJournalAreKept() throws Exception {
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(60);
        }
        byte[] left = Files.readAllBytes(file);
        assertThatANewOneBegins();
        assertThat(aside()).singleElement().satisfies(f -> assertThat(f).hasBinaryContent(left));
    }

    @Test
    void aLogWithoutItsFileIsKeptToo() throws Exception {
        Path killed = killed();
        Files.delete(killed);
        file = killed;
        assertThatANewOneBegins();
        try (Stream<Path> files = Files.list(killed.getParent())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .anyMatch(f -> f.contains(".lost-") && f.endsWith("-wal"));
        }
    }

    /// The files of a journal whose server was killed, with the last message in the write-ahead
    /// log.
    private Path killed() throws Exception {
        Path copies = Files.createDirectory(folder.resolve("killed"));
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.append(session, 2, List.of(JournalFixtures.answer("world")));
            for (String name : List.of("journal.db", "journal.db-wal", "journal.db.mark")) {
                Files.copy(folder.resolve(name), copies.resolve(name));
            }
        }
        return copies.resolve("journal.db");
    }

    @Test
    void afterAKillNothingIsMissing() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(killed())) {
            assertThat(journal.identity()).isEqualTo(identity);
            assertThat(journal.findSession(session).orElseThrow().lastSeq()).isEqualTo(2);
        }
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aServerThatIsKilledBeforeItsFirstWriteMissesNothing() throws Exception {
        Path copies = Files.createDirectory(folder.resolve("killed"));
        try (SqliteJournal _ = SqliteJournal.open(file)) {
            for (String name : List.of("journal.db", "journal.db-wal", "journal.db.mark")) {
                Files.copy(folder.resolve(name), copies.resolve(name));
            }
        }
        try (SqliteJournal journal = SqliteJournal.open(copies.resolve("journal.db"))) {
            assertThat(journal.identity()).isEqualTo(identity);
        }
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aDeletedOrEmptiedLogIsDetected() throws Exception {
        Path killed = killed();
        Files.write(killed.resolveSibling("journal.db-wal"), new byte[0]);
        try (SqliteJournal journal = SqliteJournal.open(killed)) {
            assertThat(journal.findSession(session).orElseThrow().lastSeq()).isEqualTo(1);
            assertThat(journal.identity())
                    .as("clients that know more must not resume")
                    .isNotEqualTo(identity);
        }
        assertThat(log.lines()).anyMatch(l -> l.contains("log was deleted or emptied"));
    }

    /// Two sessions with messages on many pages; the second one is at the end of the file.
    private UUID fillTwo() throws Exception {
        UUID other = UUID.randomUUID();
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            for (int i = 2; i <= 300; i++) {
                journal.append(session, i, List.of(JournalFixtures.answer("x".repeat(2_000))));
            }
            journal.save(JournalFixtures.session(other));
            for (int i = 1; i <= 300; i++) {
                journal.append(other, i, List.of(JournalFixtures.answer("y".repeat(2_000))));
            }
        }
        return other;
    }

    private void assertThatTheOneIsWholeAndTheOtherGoesOn(UUID other) throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.identity()).isNotEqualTo(identity);
            assertThat(journal.sessions()).hasSize(2);
            assertThat(journal.findSession(session).orElseThrow().lastSeq()).isEqualTo(300);
            assertThat(journal.messagesAfter(session, 0, 1_000))
                    .noneMatch(e -> e.message().equals(DamagedPageReader.NOTICE));
            long last = journal.findSession(other).orElseThrow().lastSeq();
            assertThat(last).isBetween(200L, 300L);
            assertThat(journal.messagesBefore(other, Long.MAX_VALUE, 1).getFirst().message())
                    .isEqualTo(DamagedPageReader.NOTICE);
            journal.append(other, last + 1, List.of(JournalFixtures.answer("on")));
            UUID fresh = UUID.randomUUID();
            journal.save(JournalFixtures.session(fresh));
            journal.append(fresh, 1, List.of(JournalFixtures.answer("new")));
        }
        assertThat(log.lines()).anyMatch(l -> l.contains("was damaged") && l.contains("" + other));
        assertThat(aside()).hasSize(1);
        log.lines().clear();
        SqliteJournal.open(file).close();
        assertThat(log.lines()).as("the next time").isEmpty();
    }

    @Test
    void aDamagedLastPageLosesOnlyItsRows() throws Exception {
        UUID other = fillTwo();
        try (RandomAccessFile damage = new RandomAccessFile(file.toFile(), "rw")) {
            damage.seek(lastLeaf());
            damage.write(new byte[8 * 1024]);
        }
        assertThatTheOneIsWholeAndTheOtherGoesOn(other);
    }

    /// Position of the page with the last message.
    private long lastLeaf() throws Exception {
        try (Connection database = SqliteConnections.open(file, 100)) {
            long page =
                    SqliteConnections.queryLong(
                            database,
                            "SELECT pageno FROM dbstat WHERE name = 'message' AND pagetype = 'leaf'"
                                    + " ORDER BY path DESC LIMIT 1");
            return (page - 1) * SqliteConnections.queryLong(database, "PRAGMA page_size");
        }
    }

    @Test
    void aTruncatedFileIsReadUpToItsEnd() throws Exception {
        UUID other = fillTwo();
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() - 5 * 16 * 1024 - 100);
        }
        assertThatTheOneIsWholeAndTheOtherGoesOn(other);
    }

    @Test
    void aFileOfZerosIsMovedAside() throws Exception {
        Files.write(file, new byte[200 * 1024]);
        assertThatANewOneBegins();
        assertThat(aside()).hasSize(1);
    }

    @Test
    void anInvalidMarkIsIgnored() throws Exception {
        Files.write(folder.resolve("journal.db.mark"), new byte[] {0, 1, (byte) 0xff});
        SqliteJournal.open(file).close();
        assertThat(JournalMark.read(file)).isEqualTo(new JournalMark(identity, false));
        Files.write(folder.resolve("journal.db.mark"), new byte[300]);
        assertThat(JournalMark.read(file)).isNull();
    }
}
