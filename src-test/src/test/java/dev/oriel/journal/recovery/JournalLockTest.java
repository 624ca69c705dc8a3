package dev.oriel.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLockTest {
    @TempDir Path folder;

    @Test
    void aJournalIsLockedUntilTheLockIsClosed() throws Exception {
        Path journal = folder.resolve("new/oriel.db");
        JournalLock lock = JournalLock.acquire(journal);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> JournalLock.acquire(journal).close())
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.IN_USE));
        }
        lock.close();
        JournalLock.acquire(journal).close();
        assertThat(folder.resolve("new/oriel.db.lock"))
                .as("deleting it would permit two locks")
                .isEmptyFile();
    }

    @Test
    void journalsInOneFolderAreLockedSeparately() throws Exception {
        try (JournalLock _ = JournalLock.acquire(folder.resolve("a.db"));
                JournalLock _ = JournalLock.acquire(folder.resolve("b.db"))) {
            assertThat(Files.exists(folder.resolve("a.db.lock"))).isTrue();
        }
    }

    @Test
    void aFolderThatCannotBeCreatedIsReportedWithoutItsPath() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> JournalLock.acquire(file.resolve("oriel.db")).close())
                .isInstanceOf(JournalException.class)
                .hasMessageNotContaining(folder.toString());
    }
}
