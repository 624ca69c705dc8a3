package dev.oriel.session.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.files.FileIndex;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.manual.ManualTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIndexesTest {
    @TempDir Path folder;
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final ManualTimer timer = new ManualTimer();
    private final AtomicLong now = new AtomicLong();

    private FileIndexes indexes(int limit) {
        return new FileIndexes(limit, null, background::add, timer, now::get);
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            Objects.requireNonNull(background.poll()).run();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        timer.advance(time);
    }

    private static List<String> paths(FileIndexes.Result result) {
        return result.files().stream().map(FileIndex.Found::path).toList();
    }

    @Test
    void theFirstAnswerSaysThatTheFolderIsBeingListed() throws Exception {
        Files.createFile(folder.resolve("a.txt"));
        FileIndexes indexes = indexes(10);
        FileIndexes.Result first = indexes.find(folder, "a", 5, 0);
        assertThat(first.indexing()).isTrue();
        assertThat(first.files()).isEmpty();
        runBackground();
        FileIndexes.Result second = indexes.find(folder, "a", 5, 0);
        assertThat(second.indexing()).isFalse();
        assertThat(paths(second)).containsExactly("a.txt");
    }

    @Test
    void aCurrentListIsNotMadeAgainAndAnOldOneIs() throws Exception {
        FileIndexes indexes = indexes(10);
        indexes.find(folder, "", 5, 0);
        runBackground();
        Files.createFile(folder.resolve("new.txt"));
        pass(Duration.ofSeconds(1));
        assertThat(paths(indexes.find(folder, "", 5, 0))).isEmpty();
        assertThat(background).isEmpty();
        pass(Duration.ofSeconds(2));
        FileIndexes.Result old = indexes.find(folder, "", 5, 0);
        assertThat(old.indexing()).isFalse();
        assertThat(background).hasSize(1);
        indexes.find(folder, "", 5, 0);
        assertThat(background).hasSize(1);
        runBackground();
        assertThat(paths(indexes.find(folder, "", 5, 0))).containsExactly("new.txt");
    }

    @Test
    void aFolderIsDroppedSomeTimeAfterTheLastQuery() throws Exception {
        FileIndexes indexes = indexes(10);
        indexes.find(folder, "", 5, 0);
        runBackground();
        pass(Duration.ofMinutes(6));
        indexes.find(folder, "", 5, 0);
        runBackground();
        pass(Duration.ofMinutes(6));
        assertThat(indexes.folders()).isEqualTo(1);
        pass(Duration.ofMinutes(6));
        assertThat(indexes.folders()).isZero();
    }

    @Test
    void theFoldersSearchedTheLongestTimeAgoAreDroppedIfThereAreTooMany() throws Exception {
        FileIndexes indexes = indexes(10);
        for (int i = 0; i < 40; i++) {
            now.incrementAndGet();
            Path each = Files.createDirectories(folder.resolve("f" + i));
            Files.createFile(each.resolve("x" + i));
            indexes.find(each, "", 5, 0);
            runBackground();
        }
        assertThat(indexes.folders()).isEqualTo(16);
        assertThat(paths(indexes.find(folder.resolve("f39"), "", 5, 0))).containsExactly("x39");
    }

    /// Clients may ask for more folders than can be listed.
    @Test
    void aFolderThatWasDroppedBeforeItsTurnIsNotListed() throws Exception {
        AtomicInteger readings = new AtomicInteger();
        FileIndexes indexes =
                new FileIndexes(
                        10,
                        null,
                        background::add,
                        timer,
                        () -> {
                            readings.incrementAndGet();
                            return now.get();
                        });
        for (int i = 0; i < 17; i++) {
            now.incrementAndGet();
            indexes.find(Files.createDirectories(folder.resolve("f" + i)), "", 5, 0);
        }
        int before = readings.get();
        Objects.requireNonNull(background.poll()).run();
        assertThat(readings).as("a listing measures its duration").hasValue(before);
        Objects.requireNonNull(background.poll()).run();
        assertThat(readings).hasValueGreaterThan(before);
    }

    @Test
    void whoWaitsForAFolderThatIsDroppedIsAnswered() throws Exception {
        Files.createFile(folder.resolve("x"));
        FolderFiles files = new FolderFiles(folder, 10, null, background::add, System::nanoTime);
        CompletableFuture<FolderFiles.State> waiting = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        waiting.complete(files.get(600_000));
                    } catch (InterruptedException e) {
                        waiting.completeExceptionally(e);
                    }
                });
        await().until(() -> files.isListing());
        files.drop();
        assertThat(waiting.get(Patience.SECONDS, TimeUnit.SECONDS).indexing()).isTrue();
        runBackground();
        assertThat(files.size()).isZero();
    }

    @Test
    void aFolderWithTooManyFilesSaysSo() throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        FileIndexes indexes = indexes(10);
        indexes.find(folder, "", 5, 0);
        runBackground();
        assertThat(indexes.find(folder, "", 5, 0).incomplete()).isTrue();
    }

    @Test
    void aQueryWaitsForAListThatIsSoonMade() throws IOException, InterruptedException {
        Files.createFile(folder.resolve("a"));
        FileIndexes indexes =
                new FileIndexes(
                        10, null, task -> Thread.ofVirtual().start(task), timer, System::nanoTime);
        assertThat(paths(indexes.find(folder, "a", 5, 30_000))).containsExactly("a");
    }
}
