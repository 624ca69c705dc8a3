package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.testing.process.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full or read-only; `mount` provides it.
class SqliteJournalDiskProcessTest {
    @TempDir Path folder;

    @Test
    void aFullDiskIsReportedAndLosesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 4)) {
            assumeTrue(disk.isMounted(), "skipped: this machine lets nobody mount a small disk");
            UUID session = UUID.randomUUID();
            Path ballast = disk.folder().resolve("ballast");
            Files.write(ballast, new byte[1024 * 1024]);
            try (SqliteJournal journal = SqliteJournal.open(disk.folder().resolve("journal.db"))) {
                journal.save(JournalFixtures.session(session));
                long[] seq = {0};
                assertThatThrownBy(
                                () -> {
                                    while (seq[0] < 100_000) {
                                        journal.append(
                                                session,
                                                seq[0] + 1,
                                                List.of(JournalFixtures.answer("x".repeat(5_000))));
                                        seq[0]++;
                                    }
                                })
                        .isInstanceOfSatisfying(
                                JournalException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.FULL));
                assertThat(seq[0]).isPositive();
                assertThat(journal.findSession(session).orElseThrow().lastSeq()).isEqualTo(seq[0]);
                Files.delete(ballast);
                journal.append(session, seq[0] + 1, List.of(JournalFixtures.answer("again")));
                assertThat(journal.messagesBefore(session, Long.MAX_VALUE, 1).getFirst().seq())
                        .isEqualTo(seq[0] + 1);
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsReported() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 4)) {
            assumeTrue(disk.isMounted(), "skipped: this machine lets nobody mount a small disk");
            Path file = disk.folder().resolve("journal.db");
            SqliteJournal.open(file).close();
            disk.makeReadOnly();
            for (Path each : List.of(file, disk.folder().resolve("new/journal.db"))) {
                assertThatThrownBy(() -> SqliteJournal.open(each).close())
                        .isInstanceOfSatisfying(
                                JournalException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.READ_ONLY))
                        .hasMessageContaining("cannot be written")
                        .hasMessageNotContaining(folder.toString());
            }
        }
    }
}
