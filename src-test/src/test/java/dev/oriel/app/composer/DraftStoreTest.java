package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftStoreTest {
    @TempDir Path folder;

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private DraftStore drafts;

    @BeforeEach
    void open() {
        drafts = DraftStore.open(folder, writer, Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        writer.shutdownNow();
    }

    @Test
    void aDraftIsInMemoryAtOnceAndOnDiskAfterAFlush() {
        drafts.save("s", "half a thought");
        assertThat(drafts.get("s")).isEqualTo("half a thought");
        assertThat(folder).isEmptyDirectory();
        drafts.flush();
        assertThat(folder.resolve("s.txt")).hasContent("half a thought");
    }

    @Test
    void draftsAreReadWhenTheStoreIsOpened() {
        drafts.save("s", "half a thought");
        drafts.flush();
        open();
        assertThat(drafts.get("s")).isEqualTo("half a thought");
        assertThat(drafts.get("t")).isEmpty();
    }

    @Test
    void anEmptyDraftIsDeleted() {
        drafts.save("s", "half a thought");
        drafts.flush();
        drafts.save("s", "");
        assertThat(drafts.get("s")).isEmpty();
        drafts.flush();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theWriterSavesAfterTheDelay() throws Exception {
        drafts = DraftStore.open(folder, writer, Duration.ZERO);
        drafts.save("s", "half a thought");
        // The writer has one thread: what is submitted later runs later.
        writer.schedule(() -> {}, 1, java.util.concurrent.TimeUnit.MILLISECONDS).get();
        assertThat(folder.resolve("s.txt")).hasContent("half a thought");
    }

    @Test
    void aKeyCannotLeaveTheFolder() {
        drafts.save("../s", "half a thought");
        drafts.flush();
        assertThat(folder.resolve("___s.txt")).exists();
    }

    @Test
    void aFolderThatCannotBeReadMeansNoDrafts() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(DraftStore.open(file, writer, Duration.ZERO).get("s")).isEmpty();
    }

    @Test
    void aChangeAfterTheWriterWasShutDownStaysInMemory() {
        writer.shutdownNow();
        drafts.save("s", "half a thought");
        assertThat(drafts.get("s")).isEqualTo("half a thought");
    }

    @Test
    void aPromptThatIsSentStaysOnDiskUntilItIsStored() {
        drafts.save("s", "sent");
        CompletableFuture<Void> stored = new CompletableFuture<>();
        drafts.keepUntil(stored, "s", "sent");
        drafts.save("s", "");
        drafts.flush();
        assertThat(drafts.get("s")).isEmpty();
        assertThat(folder.resolve("s.txt")).hasContent("sent");

        drafts.save("s", "next");
        drafts.flush();
        assertThat(folder.resolve("s.txt")).hasContent("sent\n\nnext");

        stored.complete(null);
        drafts.flush();
        assertThat(folder.resolve("s.txt")).hasContent("next");
    }

    @Test
    void aDraftThatCouldNotBeWrittenIsWrittenLater() throws Exception {
        Path data = folder.resolve("data");
        Files.createFile(data);
        drafts = DraftStore.open(data, writer, Duration.ofHours(1));
        drafts.save("s", "half a thought");
        drafts.flush();
        Files.delete(data);
        drafts.flush();
        assertThat(data.resolve("s.txt")).hasContent("half a thought");
    }
}
