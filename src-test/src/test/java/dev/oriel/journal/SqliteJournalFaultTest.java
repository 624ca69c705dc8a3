package dev.oriel.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.journal.JournalException.Kind;
import dev.oriel.testing.SmallDisk;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalFaultTest {
    @TempDir Path folder;

    @Test
    void a_journal_of_a_newer_oriel_is_refused_and_not_touched() throws Exception {
        Path file = folder.resolve("journal.db");
        SqliteJournal.open(file).close();
        try (Connection later = Sqlite.open(file, 100)) {
            Sqlite.run(later, "PRAGMA user_version = 999");
            Sqlite.run(later, "CREATE TABLE from_the_future (x)");
        }
        byte[] before = Files.readAllBytes(file);
        refused(file, Kind.UNREADABLE, "newer Oriel");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        refused(file, Kind.UNREADABLE, "newer Oriel");
    }

    @Test
    void a_file_that_is_no_journal_is_refused_and_not_touched() throws Exception {
        Path text = Files.writeString(folder.resolve("text.db"), "Dear diary, ".repeat(1_000));
        refused(text, Kind.UNREADABLE, "not a journal");
        assertThat(text).hasContent("Dear diary, ".repeat(1_000));
        Path brief = Files.writeString(folder.resolve("brief.db"), "Hello");
        refused(brief, Kind.UNREADABLE, "not a journal");
        Path other = folder.resolve("other.db");
        try (Connection database = Sqlite.open(other, 100)) {
            Sqlite.run(database, "PRAGMA application_id = 7");
            Sqlite.run(database, "CREATE TABLE recipes (name)");
        }
        byte[] before = Files.readAllBytes(other);
        refused(other, Kind.UNREADABLE, "not a journal");
        assertThat(Files.readAllBytes(other)).isEqualTo(before);
    }

    @Test
    void an_empty_file_becomes_a_journal() throws Exception {
        Path file = Files.createFile(folder.resolve("journal.db"));
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.sessions()).isEmpty();
        }
    }

    @Test
    void a_migration_that_fails_leaves_nothing_behind() throws Exception {
        Path file = folder.resolve("half.db");
        Schema broken =
                new Schema(42, List.of(List.of("CREATE TABLE a (x)"), List.of("CREATE nonsense")));
        Schema mended =
                new Schema(
                        42, List.of(List.of("CREATE TABLE a (x)"), List.of("CREATE TABLE b (x)")));
        try (Connection database = Sqlite.open(file, 100)) {
            assertThatThrownBy(() -> broken.migrate(database)).hasMessageContaining("nonsense");
            assertThat(Sqlite.number(database, "PRAGMA user_version")).isZero();
            assertThat(Sqlite.number(database, "SELECT count(*) FROM sqlite_schema")).isZero();
            mended.migrate(database);
            assertThat(Sqlite.number(database, "PRAGMA user_version")).isEqualTo(2);
        }
    }

    @Test
    void an_older_file_is_brought_up_from_where_it_is() throws Exception {
        Path file = folder.resolve("older.db");
        List<String> first = List.of("CREATE TABLE a (x)", "INSERT INTO a VALUES (5)");
        try (Connection database = Sqlite.open(file, 100)) {
            new Schema(42, List.of(first)).migrate(database);
            new Schema(42, List.of(first, List.of("ALTER TABLE a ADD COLUMN y DEFAULT 6")))
                    .migrate(database);
            assertThat(Sqlite.number(database, "SELECT x * 10 + y FROM a")).isEqualTo(56);
        }
    }

    @Test
    void a_damaged_journal_is_reported_as_such_and_the_rest_can_still_be_read() throws Exception {
        Path file = folder.resolve("journal.db");
        UUID session = UUID.randomUUID();
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.save(Records.session(session));
            for (int i = 1; i <= 500; i++) {
                journal.append(session, i, List.of(Records.said("x".repeat(2_000))));
            }
        }
        try (RandomAccessFile damage = new RandomAccessFile(file.toFile(), "rw")) {
            damage.seek(damage.length() / 2);
            damage.write(new byte[100 * 1024]);
        }
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            assertThat(journal.sessions()).isNotNull();
            assertThatThrownBy(() -> journal.after(session, 0, 1_000))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
                    .hasMessageContaining("damaged");
            assertThat(journal.after(session, 0, 10)).hasSize(10);
        }
    }

    @Test
    void one_journal_is_not_opened_twice_in_one_process() throws Exception {
        Path file = folder.resolve("journal.db");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            refused(file, Kind.IN_USE, "Another Oriel");
            assertThat(journal.sessions()).isEmpty();
        }
        SqliteJournal.open(file).close();
    }

    @Test
    void a_full_disk_is_reported_loses_nothing_and_is_over_when_there_is_space_again()
            throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 4)) {
            assumeTrue(disk.isMounted(), "skipped: this machine lets nobody mount a small disk");
            UUID session = UUID.randomUUID();
            Path ballast = disk.folder().resolve("ballast");
            Files.write(ballast, new byte[1024 * 1024]);
            try (SqliteJournal journal = SqliteJournal.open(disk.folder().resolve("journal.db"))) {
                journal.save(Records.session(session));
                long[] seq = {0};
                assertThatThrownBy(
                                () -> {
                                    while (seq[0] < 100_000) {
                                        journal.append(
                                                session,
                                                seq[0] + 1,
                                                List.of(Records.said("x".repeat(5_000))));
                                        seq[0]++;
                                    }
                                })
                        .isInstanceOfSatisfying(
                                JournalException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.FULL));
                assertThat(seq[0]).isPositive();
                assertThat(journal.session(session).orElseThrow().lastSeq()).isEqualTo(seq[0]);
                Files.delete(ballast);
                journal.append(session, seq[0] + 1, List.of(Records.said("again")));
                assertThat(journal.before(session, Long.MAX_VALUE, 1).getFirst().seq())
                        .isEqualTo(seq[0] + 1);
            }
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_reported_as_such() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 4)) {
            assumeTrue(disk.isMounted(), "skipped: this machine lets nobody mount a small disk");
            Path file = disk.folder().resolve("journal.db");
            SqliteJournal.open(file).close();
            disk.makeReadOnly();
            refused(file, Kind.READ_ONLY, "cannot be written");
            refused(disk.folder().resolve("new/journal.db"), Kind.READ_ONLY, "cannot be written");
        }
    }

    @Test
    void readers_see_whole_batches_only_while_others_write() throws Exception {
        UUID session = UUID.randomUUID();
        AtomicBoolean done = new AtomicBoolean();
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
            journal.save(Records.session(session));
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
                                .mapToObj(n -> Records.said("line " + n))
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
                var page = journal.after(session, seen, 1_000);
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
