package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.complete.AgentCommand;
import dev.oriel.app.media.MediaBlocks;
import dev.oriel.client.FileMatches;
import dev.oriel.client.ServerClient.PastPrompt;
import dev.oriel.message.Json;
import dev.oriel.testing.media.SampleImages;
import dev.oriel.testing.media.TestAttachments;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposerViewModelTest {
    @TempDir Path folder;

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> errors = new ArrayList<>();
    private final RecordingTarget one = new RecordingTarget("one");
    private final RecordingTarget two = new RecordingTarget("two");
    private DraftStore drafts;
    private ComposerViewModel composer;

    /// A target that records its calls.
    private static final class RecordingTarget implements ComposerTarget {
        final String key;
        final List<String> sent = new ArrayList<>();
        CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);
        CompletableFuture<Void> interruption = new CompletableFuture<>();
        boolean stillWaiting = true;
        @Nullable JsonNode queued;
        final List<String> older = new ArrayList<>();
        CompletableFuture<Void> loading = CompletableFuture.completedFuture(null);
        int resumed;
        final List<String> did = new ArrayList<>();

        RecordingTarget(String key) {
            this.key = key;
        }

        @Override
        public CompletableFuture<List<PastPrompt>> findPrompts(
                String words, boolean everywhere, int limit) {
            return CompletableFuture.completedFuture(
                    List.of(new PastPrompt(everywhere ? "there" : "here", "s")));
        }

        @Override
        public String whyQueueIsFixed() {
            return "";
        }

        @Override
        public CompletableFuture<Void> reorder(List<String> uuids) {
            did.add("order " + uuids);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> sendNow(QueuedPrompt prompt) {
            did.add("now " + prompt.uuid());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> steer(QueuedPrompt prompt) {
            did.add("steer " + prompt.uuid());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<List<AgentCommand>> commands() {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletableFuture<FileMatches> findFiles(String query, int limit) {
            return CompletableFuture.completedFuture(new FileMatches(List.of(), false, false));
        }

        @Override
        public Optional<JsonNode> queuedContent(QueuedPrompt prompt) {
            return Optional.ofNullable(queued);
        }

        @Override
        public String key() {
            return key;
        }

        @Override
        public CompletableFuture<Void> send(JsonNode content) {
            sent.add(content.asText());
            return sending;
        }

        @Override
        public CompletableFuture<Void> interrupt() {
            return interruption;
        }

        @Override
        public CompletableFuture<Void> resumeQueue() {
            resumed++;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Boolean> loadOlderHistory() {
            return loading.thenApply(_ -> {
                boolean any = !older.isEmpty();
                sent.addAll(0, older);
                older.clear();
                return any;
            });
        }

        @Override
        public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
            return CompletableFuture.completedFuture(stillWaiting);
        }

        @Override
        public List<String> sentPrompts() {
            return List.copyOf(sent);
        }
    }

    @BeforeEach
    void open() {
        drafts = DraftStore.open(folder, writer, Duration.ofMinutes(1));
        composer =
                new ComposerViewModel(
                        drafts,
                        TestAttachments.in(folder.resolve("attachments"), errors::add),
                        Runnable::run,
                        Clock.systemUTC(),
                        errors::add);
        composer.attach(one);
        composer.setOnline(true);
    }

    @AfterEach
    void end() {
        writer.shutdownNow();
    }

    @Test
    void eachSessionKeepsItsDraftAlsoAfterARestart() {
        composer.text().set("half a thought");
        composer.attach(two);
        assertThat(composer.text().get()).isEmpty();
        composer.text().set("another");
        composer.attach(one);
        assertThat(composer.text().get()).isEqualTo("half a thought");

        drafts.flush();
        DraftStore next = DraftStore.open(folder, writer, Duration.ofMinutes(1));
        assertThat(next.get("one")).isEqualTo("half a thought");
        assertThat(next.get("two")).isEqualTo("another");
    }

    @Test
    void sendingClearsTheDraftAndABlankTextIsNotSent() {
        composer.text().set("  \n ");
        composer.send();
        composer.text().set("hello");
        composer.send();
        assertThat(one.sent).containsExactly("hello");
        assertThat(composer.text().get()).isEmpty();
        drafts.flush();
        assertThat(drafts.get("one")).isEmpty();
    }

    @Test
    void aPromptThatCannotBeStoredReturnsToTheText() {
        one.sending = new CompletableFuture<>();
        composer.text().set("precious");
        composer.send();
        composer.text().set("more");
        one.sending.completeExceptionally(new IllegalStateException("The disk is full."));
        assertThat(composer.text().get()).isEqualTo("precious\n\nmore");
        assertThat(errors).containsExactly("The disk is full.");
    }

    @Test
    void aPromptThatCannotBeStoredReturnsToTheDraftOfItsSession() {
        one.sending = new CompletableFuture<>();
        composer.text().set("precious");
        composer.send();
        composer.attach(two);
        one.sending.completeExceptionally(new IllegalStateException("no"));
        assertThat(composer.text().get()).isEmpty();
        composer.attach(one);
        assertThat(composer.text().get()).isEqualTo("precious");
    }

    @Test
    void aTurnIsInterruptedOnlyOnceItFinished() {
        assertThat(composer.interrupt()).isFalse();
        composer.setBusy(true);
        assertThat(composer.interrupt()).isTrue();
        assertThat(composer.turn().get())
                .isInstanceOfSatisfying(
                        TurnState.Interrupting.class, s -> assertThat(s.confirmed()).isFalse());
        one.interruption.complete(null);
        assertThat(composer.turn().get())
                .isInstanceOfSatisfying(
                        TurnState.Interrupting.class, s -> assertThat(s.confirmed()).isTrue());
        composer.setBusy(false);
        assertThat(composer.turn().get()).isInstanceOf(TurnState.Interrupted.class);
        composer.setBusy(true);
        assertThat(composer.turn().get()).isInstanceOf(TurnState.Running.class);
    }

    @Test
    void aTurnThatCannotBeInterruptedKeepsRunning() {
        composer.setBusy(true);
        composer.interrupt();
        one.interruption.completeExceptionally(new IllegalStateException("no answer"));
        assertThat(composer.turn().get()).isInstanceOf(TurnState.Running.class);
        assertThat(errors).containsExactly("The turn could not be stopped: no answer");
    }

    @Test
    void aQueuedPromptReturnsToTheTextOnlyIfItStillWaits() {
        QueuedPrompt prompt = new QueuedPrompt("u", "later", true);
        composer.text().set("now");
        List<String> done = new ArrayList<>();
        composer.edit(prompt, () -> done.add(composer.text().get()));
        assertThat(composer.text().get()).isEqualTo("later\n\nnow");
        one.stillWaiting = false;
        composer.edit(prompt, () -> done.add("again"));
        assertThat(done).containsExactly("later\n\nnow");
        assertThat(composer.text().get()).isEqualTo("later\n\nnow");
        assertThat(errors).containsExactly("Claude has already started this message.");
    }

    @Test
    void aQueuedPromptReturnsWithItsImage() throws Exception {
        JsonNode block =
                Json.mapper().readTree(SampleImages.block("image/png", SampleImages.png(4, 3)));
        one.queued = Json.mapper().createArrayNode().add(block);
        QueuedPrompt prompt =
                new QueuedPrompt("u", "later", MediaBlocks.attachments(one.queued, 0), true);
        composer.edit(prompt, () -> {});
        assertThat(composer.text().get()).isEqualTo("later");
        assertThat(composer.attachments().attachments()).hasSize(1);
        composer.attachments().remove(composer.attachments().attachments().getFirst());
    }

    @Test
    void aPromptThatTheDemoHasStartedIsReportedWithItsName() {
        composer.setAddressee("the demo");
        one.stillWaiting = false;

        composer.remove(new QueuedPrompt("u", "later", true));

        assertThat(errors).containsExactly("The demo has already started this message.");
    }

    @Test
    void promptsAreRecalledIntoAnEmptyOrUneditedTextOnly() {
        one.sent.addAll(List.of("first", "second"));
        assertThat(composer.recall(() -> {})).isTrue();
        assertThat(composer.text().get()).isEqualTo("second");
        assertThat(composer.recall(() -> {})).isTrue();
        assertThat(composer.recall(() -> {})).isFalse();
        assertThat(composer.text().get()).isEqualTo("first");
        composer.text().set("first, changed");
        assertThat(composer.recall(() -> {})).isFalse();
    }

    @Test
    void recallingBeginsWithTheLastPromptAgainAfterTheTextWasDeleted() {
        one.sent.addAll(List.of("first", "second"));
        composer.recall(() -> {});
        composer.recall(() -> {});
        composer.text().set("");

        assertThat(composer.recall(() -> {})).isTrue();

        assertThat(composer.text().get()).isEqualTo("second");
    }

    @Test
    void olderPromptsAreNotShownInATextThatWasChangedWhileTheyWereLoaded() {
        one.sent.add("second");
        one.older.add("first");
        composer.recall(() -> {});
        one.loading = new CompletableFuture<>();
        composer.recall(() -> {});
        composer.text().set("");

        one.loading.complete(null);

        assertThat(composer.text().get()).isEmpty();
    }

    @Test
    void olderPromptsAreLoadedWhenNoneIsLeft() {
        one.sent.add("second");
        one.older.add("first");
        List<String> recalled = new ArrayList<>();
        Runnable then = () -> recalled.add(composer.text().get());
        composer.recall(then);
        composer.recall(then);
        composer.recall(then);
        assertThat(recalled).containsExactly("second", "first");
        assertThat(composer.text().get()).isEqualTo("first");
    }

    @Test
    void theHintSaysThatTheQueueIsHeldUntilTheUserResumesIt() {
        QueuedPrompt prompt = new QueuedPrompt("u", "later", true);
        composer.updateQueue(List.of(prompt), true);
        assertThat(composer.held().get()).isTrue();
        assertThat(composer.hint().get())
                .endsWith("sends this after the waiting messages and resumes them");
        composer.resumeQueue();
        assertThat(one.resumed).isEqualTo(1);
        composer.updateQueue(List.of(), true);
        assertThat(composer.held().get()).isFalse();
    }

    @Test
    void theHintSaysWhatTheSendKeyDoes() {
        assertThat(composer.hint().get()).contains("Enter sends");
        composer.setBusy(true);
        assertThat(composer.hint().get())
                .isEqualTo("Enter queues your message until the turn is finished");
        composer.setOnline(false);
        assertThat(composer.hint().get()).contains("until the connection is back");
        composer.setOnline(true);
        composer.setBusy(false);
        composer.setSendKey(SendKey.CTRL_ENTER);
        assertThat(composer.hint().get()).contains(SendKey.CTRL_ENTER.label() + " sends");
    }

    @Test
    void aSearchForEarlierPromptsKeepsTheDraftOnDisk() {
        RecordingTarget page = new RecordingTarget("one");
        composer.attach(page);
        composer.text().set("a draft");
        composer.searchPrompts();
        composer.text().set("her");
        assertThat(drafts.get("one")).isEqualTo("a draft");
        composer.send();
        assertThat(page.sent).isEmpty();
        assertThat(composer.text().get()).isEqualTo("here");
        assertThat(drafts.get("one")).isEqualTo("here");
    }

    @Test
    void turningToAnotherPageEndsTheSearch() {
        composer.attach(new RecordingTarget("one"));
        composer.text().set("a draft");
        composer.searchPrompts();
        composer.text().set("query");
        composer.attach(new RecordingTarget("two"));
        assertThat(composer.search().isOpen()).isFalse();
        assertThat(composer.text().get()).isEmpty();
        composer.attach(new RecordingTarget("one"));
        assertThat(composer.text().get()).isEqualTo("a draft");
    }

    @Test
    void aWaitingPromptIsMovedAmongThoseThatTheServerHas() {
        RecordingTarget page = new RecordingTarget("one");
        composer.attach(page);
        QueuedPrompt a = new QueuedPrompt("a", "A", true);
        QueuedPrompt b = new QueuedPrompt("b", "B", true);
        QueuedPrompt local = new QueuedPrompt("c", "C", false);
        composer.updateQueue(List.of(a, b, local), false);
        assertThat(composer.move(b, 0)).isTrue();
        assertThat(composer.move(a, -1)).isFalse();
        assertThat(composer.move(b, 2)).isFalse();
        assertThat(composer.move(local, 0)).isFalse();
        composer.steer(a);
        composer.sendNow(b);
        assertThat(page.did).containsExactly("order [b, a]", "steer a", "now b");
    }
}
