package dev.oriel.app.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.files.JsonFile;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutboxTest {
    @TempDir Path folder;

    /// Writes that are queued and not run yet.
    private final Deque<Runnable> writes = new ArrayDeque<>();

    private Path path() {
        return folder.resolve("outbox.json");
    }

    private FileOutbox open() {
        return new FileOutbox(new JsonFile(path()), writes::add);
    }

    private void write() {
        writes.remove().run();
    }

    private static Message prompt(String text) {
        return UserMessages.prompt(UUID.randomUUID(), text);
    }

    private static List<String> texts(List<Message> prompts) {
        return prompts.stream().map(p -> UserMessages.text(p.tree())).toList();
    }

    @Test
    void aPromptIsPendingOnlyOnceItIsOnDisk() {
        FileOutbox outbox = open();
        CompletableFuture<Void> stored = outbox.add("s", prompt("hello"));
        assertThat(stored).isNotDone();
        assertThat(outbox.pending("s")).isEmpty();
        assertThat(path()).doesNotExist();
        write();
        assertThat(stored).isCompleted();
        assertThat(texts(outbox.pending("s"))).containsExactly("hello");
        assertThat(path()).content().contains("hello");
    }

    @Test
    void storedPromptsAreReadAfterARestartInTheOrderOfSending() {
        FileOutbox outbox = open();
        outbox.add("s", prompt("first"));
        outbox.add("t", prompt("elsewhere"));
        outbox.add("s", prompt("second"));
        write();
        FileOutbox next = open();
        assertThat(texts(next.pending("s"))).containsExactly("first", "second");
        assertThat(next.sessions()).containsExactly("s", "t");
    }

    @Test
    void changesThatWaitAreWrittenTogether() {
        FileOutbox outbox = open();
        CompletableFuture<Void> first = outbox.add("s", prompt("first"));
        CompletableFuture<Void> second = outbox.add("s", prompt("second"));
        assertThat(writes).hasSize(1);
        write();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void aRemovedPromptIsGoneAtOnceAndFromTheFileLater() {
        FileOutbox outbox = open();
        Message prompt = prompt("hello");
        outbox.add("s", prompt);
        write();
        assertThat(outbox.remove(requireNonNull(prompt.uuid()))).isTrue();
        assertThat(outbox.remove(requireNonNull(prompt.uuid()))).isFalse();
        assertThat(outbox.pending("s")).isEmpty();
        write();
        assertThat(open().pending("s")).isEmpty();
        assertThat(writes).isEmpty();
    }

    @Test
    void theRemovalOfASessionRemovesAllItsPrompts() {
        FileOutbox outbox = open();
        outbox.add("s", prompt("first"));
        outbox.add("s", prompt("second"));
        outbox.add("t", prompt("elsewhere"));
        write();
        outbox.removeSession("s");
        write();
        assertThat(open().sessions()).containsExactly("t");
        outbox.removeSession("s");
        assertThat(writes).isEmpty();
    }

    @Test
    void aPromptThatCannotBeWrittenFailsAndIsNotPending() throws Exception {
        Files.createDirectory(path());
        Files.createFile(path().resolve("occupied"));
        FileOutbox outbox = open();
        CompletableFuture<Void> stored = outbox.add("s", prompt("hello"));
        write();
        assertThatThrownBy(stored::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(outbox.pending("s")).isEmpty();

        Files.delete(path().resolve("occupied"));
        Files.delete(path());
        assertThat(outbox.add("s", prompt("again"))).isNotDone();
        write();
        assertThat(texts(outbox.pending("s"))).containsExactly("again");
    }

    @Test
    void aPromptIsRefusedAfterTheWriterWasShutDown() {
        FileOutbox outbox =
                new FileOutbox(
                        new JsonFile(path()),
                        _ -> {
                            throw new RejectedExecutionException("closed");
                        });
        assertThat(outbox.add("s", prompt("hello"))).isCompletedExceptionally();
        assertThat(outbox.pending("s")).isEmpty();
    }

    @Test
    void anEntryThatIsNotAPromptIsSkipped() throws Exception {
        Files.writeString(
                path(),
                """
                {"prompts": [{"session": "s", "prompt": {"type": "user"}}, {"session": "s"}, 7]}
                """);
        assertThat(open().sessions()).isEmpty();
    }
}
