package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.VersionedSchema;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalFaultTest {
    @TempDir Path folder;

    @Test
    void aJournalOfANewerVersionIsRefusedAndNotChanged() throws Exception {
        Path file = folder.resolve("journal.db");
        SqliteJournal.open(file).close();
        try (Connection later = SqliteConnections.open(file, 100)) {
            SqliteConnections.execute(later, "PRAGMA user_version = 999");
            SqliteConnections.execute(later, "CREATE TABLE from_the_future (x)");
        }
        byte[] before = Files.readAllBytes(file);
        refused(file, Kind.UNREADABLE, "newer Oriel");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        refused(file, Kind.UNREADABLE, "newer Oriel");
        Files.delete(file);
        SqliteJournal.open(file).close(); // the lock was released
    }

    @Test
    void aFileThatIsNoJournalIsRefusedAndNotChanged() throws Exception {
        Path text = Files.writeString(folder.resolve("text.db"), "Dear diary, ".repeat(1_000));
        refused(text, Kind.UNREADABLE, "not a journal");
        assertThat(text).hasContent("Dear diary, ".repeat(1_000));
        Path brief = Files.writeString(folder.resolve("brief.db"), "Hello");
        refused(brief, Kind.UNREADABLE, "not a journal");
        Path other = folder.resolve("other.db");
        try (Connection database = SqliteConnections.open(other, 100)) {
            SqliteConnections.execute(database, "PRAGMA application_id = 7");
            SqliteConnections.execute(database, "CREATE TABLE recipes (name)");
        }
        byte[] before = Files.readAllBytes(other);
        refused(other, Kind.UNREADABLE, "not a journal");
        assertThat(Files.readAllBytes(other)).isEqualTo(before);
    }

    @Test
    void anEmptyFileBecomesAJournal() throws Exception {
        Path file = Files.createFile(folder.resolve("journal.db"));
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.sessions()).isEmpty();
        }
    }

    @Test
    void aFailedMigrationIsRolledBack() throws Exception {
        Path file = folder.resolve("half.db");
        VersionedSchema broken =
                new VersionedSchema(
                        42, List.of(List.of("CREATE TABLE a (x)"), List.of("CREATE nonsense")));
        VersionedSchema mended =
                new VersionedSchema(
                        42, List.of(List.of("CREATE TABLE a (x)"), List.of("CREATE TABLE b (x)")));
        try (Connection database = SqliteConnections.open(file, 100)) {
            assertThatThrownBy(() -> broken.migrate(database)).hasMessageContaining("nonsense");
            assertThat(SqliteConnections.queryLong(database, "PRAGMA user_version")).isZero();
            assertThat(SqliteConnections.queryLong(database, "SELECT count(*) FROM sqlite_schema"))
                    .isZero();
            mended.migrate(database);
            assertThat(SqliteConnections.queryLong(database, "PRAGMA user_version")).isEqualTo(2);
        }
    }

    @Test
    void anOlderFileIsMigratedFromItsVersion() throws Exception {
        Path file = folder.resolve("older.db");
        List<String> first = List.of("CREATE TABLE a (x)", "INSERT INTO a VALUES (5)");
        try (Connection database = SqliteConnections.open(file, 100)) {
            new VersionedSchema(42, List.of(first)).migrate(database);
            new VersionedSchema(42, List.of(first, List.of("ALTER TABLE a ADD COLUMN y DEFAULT 6")))
                    .migrate(database);
            assertThat(SqliteConnections.queryLong(database, "SELECT x * 10 + y FROM a"))
                    .isEqualTo(56);
        }
    }

    @Test
    void damagedPagesLoseOnlyTheMessagesOnThem() throws Exception {
        Path file = folder.resolve("journal.db");
        UUID session = UUID.randomUUID();
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.save(JournalFixtures.session(session));
            for (int i = 1; i <= 500; i++) {
                journal.append(session, i, List.of(JournalFixtures.answer("x".repeat(2_000))));
            }
        }
        try (RandomAccessFile damage = new RandomAccessFile(file.toFile(), "rw")) {
            damage.seek(damage.length() / 2);
            damage.write(new byte[100 * 1024]);
        }
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.sessions()).extracting(SessionRecord::lastSeq).containsExactly(500L);
            var up = journal.messagesAfter(session, 0, 1_000);
            assertThat(up)
                    .extracting(Journal.Entry::seq)
                    .isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
            assertThat(up.stream().filter(SqliteJournalFaultTest::isNotice).count())
                    .isBetween(10L, 100L);
            assertThat(journal.messagesBefore(session, Long.MAX_VALUE, 1_000)).isEqualTo(up);
        }
    }

    @Test
    void aDamagedRowIsOmittedAlone() throws Exception {
        Path file = folder.resolve("journal.db");
        UUID session = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        UUID waits = UUID.randomUUID();
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.save(JournalFixtures.session(session));
            journal.save(JournalFixtures.session(other));
            for (int i = 1; i <= 9; i++) {
                journal.append(session, i, List.of(JournalFixtures.answer("line " + i)));
            }
            journal.enqueue(session, UUID.randomUUID(), JournalFixtures.answer("damaged"));
            journal.enqueue(session, waits, JournalFixtures.answer("sound"));
        }
        try (Connection database = SqliteConnections.open(file, 100)) {
            SqliteConnections.execute(
                    database, "UPDATE message SET body = x'00ff' WHERE id & 255 = 3");
            SqliteConnections.execute(database, "DELETE FROM message WHERE id & 255 = 7");
            SqliteConnections.execute(database, "UPDATE prompt SET body = x'00' WHERE place = 1");
            SqliteConnections.execute(database, "UPDATE session SET uuid = x'01' WHERE number = 2");
        }
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.sessions()).extracting(SessionRecord::id).containsExactly(session);
            var page = journal.messagesAfter(session, 0, 100);
            assertThat(page)
                    .extracting(Journal.Entry::seq)
                    .isEqualTo(LongStream.rangeClosed(1, 9).boxed().toList());
            assertThat(page)
                    .filteredOn(SqliteJournalFaultTest::isNotice)
                    .extracting(Journal.Entry::seq)
                    .containsExactly(3L, 7L);
            assertThat(journal.queuedPrompts(session))
                    .extracting(Journal.QueuedPrompt::uuid)
                    .containsExactly(waits);
        }
    }

    @Test
    void aFolderThatIsDeletedWhileTheJournalIsOpenIsDetectedAndNothingIsAcknowledged()
            throws Exception {
        Path data = folder.resolve("data");
        UUID session = UUID.randomUUID();
        try (SqliteJournal journal = SqliteJournal.open(data.resolve("journal.db"))) {
            journal.save(JournalFixtures.session(session));
            Path aside = Files.move(data, folder.resolve("aside"));
            assertThatThrownBy(() ->
                            journal.enqueue(
                                    session, UUID.randomUUID(), JournalFixtures.answer("hello")))
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOST))
                    .hasMessageContaining("deleted");
            awaitLost(() ->
                    journal.saveDeltas(session, true, List.of(JournalFixtures.answer("hel"))));
            Files.move(aside, data);
            assertThat(journal.queuedPrompts(session)).isEmpty();
            assertThat(journal.enqueue(session, UUID.randomUUID(), JournalFixtures.answer("again")))
                    .isTrue();
        }
    }

    @Test
    void aFileThatIsEmptiedOrReplacedWhileItIsOpenIsDetected() throws Exception {
        Path file = folder.resolve("journal.db");
        UUID session = UUID.randomUUID();
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.save(JournalFixtures.session(session));
            byte[] before = Files.readAllBytes(file);
            Files.write(file, new byte[0]);
            awaitLost(() -> journal.save(JournalFixtures.session(session)));
            lost(() -> journal.append(session, 1, List.of(JournalFixtures.answer("x"))));
            Files.write(file, before);
            journal.append(session, 1, List.of(JournalFixtures.answer("x")));
            Files.move(file, folder.resolve("other.db"));
            Files.write(file, before);
            awaitLost(() -> journal.save(JournalFixtures.session(session)));
            lost(() -> journal.append(session, 2, List.of(JournalFixtures.answer("y"))));
            Files.move(
                    folder.resolve("other.db"),
                    file,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The files are checked a few times per second, so `use` may succeed at first. It must be
    /// repeatable.
    private static void awaitLost(ThrowingCallable use) {
        Awaitility.await().untilAsserted(() -> lost(use));
    }

    private static void lost(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOST));
    }

    @Test
    void eachJournalHasAnIdentityOfItsOwnAndKeepsIt() throws Exception {
        UUID identity;
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("one.db"))) {
            identity = journal.identity();
        }
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("one.db"));
                SqliteJournal other = SqliteJournal.open(folder.resolve("two.db"))) {
            assertThat(journal.identity()).isEqualTo(identity).isNotEqualTo(other.identity());
        }
    }

    private static boolean isNotice(Journal.Entry entry) {
        return entry.message().is("system", "oriel_notice")
                && entry.message().tree().path("code").asText().equals("damaged");
    }

    @Test
    void aJournalIsNotOpenedTwiceInOneProcess() throws Exception {
        Path file = folder.resolve("journal.db");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            refused(file, Kind.IN_USE, "Another Oriel");
            assertThat(journal.sessions()).isEmpty();
        }
        SqliteJournal.open(file).close();
    }

    @Test
    void closingAgainDoesNotTouchAJournalThatWasOpenedSince() throws Exception {
        Path file = folder.resolve("journal.db");
        SqliteJournal closed = SqliteJournal.open(file);
        closed.close();
        try (SqliteJournal _ = SqliteJournal.open(file)) {
            closed.close();
            assertThat(folder.resolve("journal.db.mark")).content().endsWith(" open\n");
            refused(file, Kind.IN_USE, "Another Oriel");
        }
    }

    @Test
    void readersSeeCompleteBatchesOnly() throws Exception {
        UUID session = UUID.randomUUID();
        AtomicBoolean done = new AtomicBoolean();
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
            journal.save(JournalFixtures.session(session));
            List<CompletableFuture<Void>> readers =
                    java.util.stream.IntStream.range(0, 4)
                            .mapToObj(i ->
                                    CompletableFuture.runAsync(
                                            () -> follow(journal, session, done)))
                            .toList();
            for (int i = 0; i < 1_000; i++) {
                journal.append(
                        session,
                        i * 10L + 1,
                        java.util.stream.IntStream.range(0, 10)
                                .mapToObj(n -> JournalFixtures.answer("line " + n))
                                .toList());
            }
            done.set(true);
            for (CompletableFuture<Void> reader : readers) {
                reader.get();
            }
        }
    }

    private static void follow(SqliteJournal journal, UUID session, AtomicBoolean done) {
        try {
            long seen = 0;
            while (!done.get() || seen < 10_000) {
                var page = journal.messagesAfter(session, seen, 1_000);
                assertThat(page.size() % 10).isZero();
                for (var entry : page) {
                    assertThat(entry.seq()).isEqualTo(++seen);
                }
            }
        } catch (JournalException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void refused(Path file, Kind kind, String words) {
        assertThatThrownBy(() -> SqliteJournal.open(file).close())
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words)
                .hasMessageNotContaining(folder.toString());
    }
}
