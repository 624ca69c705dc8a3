package dev.oriel.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which changes of the files of an open journal are noticed.
class JournalFilesTest {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir Path folder;
    private Path file;
    private Path log;
    private JournalFiles files;
    private long now;

    @BeforeEach
    void open() throws IOException {
        file = Files.write(folder.resolve("oriel.db"), new byte[100]);
        log = folder.resolve("oriel.db-wal");
        files = JournalFiles.open(file, () -> now);
    }

    @AfterEach
    void close() throws IOException {
        files.close();
    }

    private void assertFound() {
        assertThatCode(() -> files.checkNow()).doesNotThrowAnyException();
    }

    private void assertLost() {
        assertThatThrownBy(() -> files.checkNow())
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOST));
    }

    /// A new file with the same name. The old one remains, so that its key is not reused.
    private static void replace(Path path, int size) throws IOException {
        Files.move(path, path.resolveSibling(path.getFileName() + ".old"));
        Files.write(path, new byte[size]);
    }

    @Test
    void theFileMayGrow() throws IOException {
        Files.write(file, new byte[50], StandardOpenOption.APPEND);
        assertFound();
    }

    @Test
    void aFileThatWasTruncatedIsLostUntilItIsComplete() throws IOException {
        Files.write(file, new byte[99]);
        assertLost();
        Files.write(file, new byte[100]);
        assertFound();
    }

    @Test
    void aDeletedFileIsLost() throws IOException {
        Files.delete(file);
        assertLost();
    }

    @Test
    void aFileThatWasReplacedIsLostEvenIfItIsLarger() throws IOException {
        replace(file, 200);
        assertLost();
    }

    @Test
    void theLogMayAppearLater() throws IOException {
        assertFound();
        Files.write(log, new byte[10]);
        assertFound();
        Files.write(log, new byte[0]);
        assertFound();
    }

    @Test
    void aLogThatDisappearsOrIsReplacedIsLost() throws IOException {
        Files.write(log, new byte[10]);
        assertFound();
        Path aside = Files.move(log, folder.resolve("aside"));
        assertLost();
        Files.move(aside, log);
        assertFound();
        replace(log, 10);
        assertLost();
    }

    @Test
    void afterASuccessfulCheckTheFilesAreNotExaminedForAWhile() throws Exception {
        files.check();
        Files.delete(file);
        now += PERIOD - 1;
        files.check();
        now++;
        assertThatThrownBy(() -> files.check()).isInstanceOf(JournalException.class);
        assertThatThrownBy(() -> files.check())
                .as("a failure is not remembered as a success")
                .isInstanceOf(JournalException.class);
    }

    @Test
    void theLogIsForcedFromItsFirstUseUntilTheEnd() throws IOException {
        assertThatThrownBy(() -> files.forceLog()).isInstanceOf(NoSuchFileException.class);
        Files.write(log, new byte[10]);
        files.forceLog();
        files.forceLog();
        files.close();
        assertThatThrownBy(() -> files.forceLog()).isInstanceOf(ClosedChannelException.class);
    }
}
