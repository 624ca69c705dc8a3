package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.attach.LongPaste;
import dev.oriel.app.media.MediaBlocks;
import dev.oriel.message.Json;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.media.SampleImages;
import dev.oriel.testing.media.TestAttachments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
    void aWindowThatEndsBeforeThePromptIsStoredShowsItAsADraftAgain() {
        one.sending = new CompletableFuture<>();
        composer.text().set("precious");
        composer.send();
        drafts.flush();
        assertThat(DraftStore.open(folder, writer, Duration.ofMinutes(1)).get("one"))
                .isEqualTo("precious");

        one.sending.complete(null);
        drafts.flush();
        assertThat(DraftStore.open(folder, writer, Duration.ofMinutes(1)).get("one")).isEmpty();
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
    void aReturnedPromptThatIsTooLongToEditBecomesAnAttachment() {
        String prompt = "p".repeat(LongPaste.MOST_EDITABLE + 1);
        composer.text().set("a draft");
        composer.keep(prompt);
        assertThat(composer.text().get()).isEqualTo("a draft");
        assertThat(composer.attachments().attachments()).hasSize(1);
        composer.send();
        assertThat(composer.attachments().attachments()).isEmpty();
    }

    @Test
    void aReturnedPromptThatIsTooLongForAnAttachmentStaysText() {
        String prompt = "p".repeat(600_000);
        composer.keep(prompt);
        assertThat(composer.text().get()).isEqualTo(prompt);
    }

    @Test
    void anEarlierPromptThatIsTooLongToEditIsAttachedByTheSearchAndNotRecalled() {
        String prompt = "p".repeat(LongPaste.MOST_EDITABLE + 1);
        one.sent.addAll(List.of("short", prompt));
        composer.recallOlder(() -> {});
        assertThat(composer.text().get()).isEqualTo("short");
        composer.recallNewer(() -> {});
        composer.text().set("a draft");
        one.found = prompt;
        composer.searchPrompts();
        composer.search().take();
        assertThat(composer.text().get()).isEqualTo("a draft");
        assertThat(composer.attachments().attachments()).hasSize(1);
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
        composer.queue().edit(prompt, () -> done.add(composer.text().get()));
        assertThat(composer.text().get()).isEqualTo("later\n\nnow");
        one.stillWaiting = false;
        composer.queue().edit(prompt, () -> done.add("again"));
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
        composer.queue().edit(prompt, () -> {});
        assertThat(composer.text().get()).isEqualTo("later");
        assertThat(composer.attachments().attachments()).hasSize(1);
        composer.attachments().remove(composer.attachments().attachments().getFirst());
    }

    @Test
    void aPromptThatTheDemoHasStartedIsReportedWithItsName() {
        composer.setAddressee("the demo");
        one.stillWaiting = false;

        composer.queue().remove(new QueuedPrompt("u", "later", true));

        assertThat(errors).containsExactly("The demo has already started this message.");
    }

    @Test
    void aRecalledPromptBecomesTheDraftOnceItIsEdited() {
        one.sent.addAll(List.of("first", "second"));
        assertThat(composer.recallOlder(() -> {})).isTrue();
        assertThat(composer.text().get()).isEqualTo("second");
        assertThat(composer.recallOlder(() -> {})).isTrue();
        assertThat(composer.recallOlder(() -> {})).isFalse();
        assertThat(composer.text().get()).isEqualTo("first");
        assertThat(drafts.get("one")).isEmpty();
        composer.text().set("first, changed");
        assertThat(drafts.get("one")).isEqualTo("first, changed");
        assertThat(composer.isRecalled()).isFalse();
    }

    @Test
    void newerPromptsFollowUpToTheDraftThatWasThere() {
        one.sent.addAll(List.of("first", "second"));
        composer.text().set("a draft");
        assertThat(composer.recallNewer(() -> {})).isFalse();
        composer.recallOlder(() -> {});
        composer.recallOlder(() -> {});
        assertThat(composer.text().get()).isEqualTo("first");
        assertThat(drafts.get("one")).isEqualTo("a draft");
        assertThat(composer.recallNewer(() -> {})).isTrue();
        assertThat(composer.text().get()).isEqualTo("second");
        assertThat(composer.recallNewer(() -> {})).isTrue();
        assertThat(composer.text().get()).isEqualTo("a draft");
        assertThat(composer.recallNewer(() -> {})).isFalse();
        composer.text().set("a longer draft");
        assertThat(drafts.get("one")).isEqualTo("a longer draft");
    }

    @Test
    void theDraftReturnsAfterARecalledPromptWasSent() {
        one.sent.add("first");
        composer.text().set("a draft");
        composer.recallOlder(() -> {});
        composer.send();
        assertThat(one.sent).containsExactly("first", "first");
        assertThat(composer.text().get()).isEqualTo("a draft");
        assertThat(drafts.get("one")).isEqualTo("a draft");
    }

    @Test
    void aRecalledPromptIsSkippedIfTheTextIsTheSame() {
        one.sent.addAll(List.of("other", "same", "same"));
        composer.recallOlder(() -> {});
        composer.recallOlder(() -> {});
        assertThat(composer.text().get()).isEqualTo("other");
        composer.recallNewer(() -> {});
        assertThat(composer.text().get()).isEqualTo("same");
        composer.recallNewer(() -> {});
        assertThat(composer.text().get()).isEmpty();
    }

    @Test
    void turningToAnotherPageReturnsToTheDraft() {
        one.sent.add("first");
        composer.text().set("a draft");
        composer.recallOlder(() -> {});
        composer.attach(two);
        composer.attach(one);
        assertThat(composer.text().get()).isEqualTo("a draft");
    }

    @Test
    void aSearchStartsFromARecalledPromptAsFromADraft() {
        one.sent.add("first");
        composer.recallOlder(() -> {});
        composer.searchPrompts();
        composer.text().set("query");
        composer.search().cancel();
        assertThat(composer.text().get()).isEqualTo("first");
        assertThat(drafts.get("one")).isEqualTo("first");
    }

    @Test
    void aPromptThatCameToNothingReturnsBeforeTheTextWithItsImage() throws Exception {
        JsonNode image =
                Json.mapper().readTree(SampleImages.block("image/png", SampleImages.png(4, 3)));
        var content = Json.mapper().createArrayNode();
        content.addObject().put("type", "text").put("text", "describe it");
        content.add(image);
        composer.text().set("meanwhile");
        composer.takeBack(UserMessages.prompt(UUID.randomUUID(), content));
        assertThat(composer.text().get()).isEqualTo("describe it\n\nmeanwhile");
        assertThat(composer.attachments().attachments()).hasSize(1);
    }

    @Test
    void aPromptThatCameToNothingReturnsToTheDraftWhileAnotherIsRecalledOrSearched() {
        one.sent.add("first");
        composer.text().set("a draft");
        composer.recallOlder(() -> {});
        composer.takeBack(UserMessages.prompt(UUID.randomUUID(), "back"));
        assertThat(composer.text().get()).isEqualTo("back\n\na draft");
        composer.searchPrompts();
        composer.takeBack(UserMessages.prompt(UUID.randomUUID(), "again"));
        composer.search().cancel();
        assertThat(composer.text().get()).isEqualTo("again\n\nback\n\na draft");
    }

    @Test
    void recallingBeginsWithTheLastPromptAgainAfterTheTextWasDeleted() {
        one.sent.addAll(List.of("first", "second"));
        composer.recallOlder(() -> {});
        composer.recallOlder(() -> {});
        composer.text().set("");

        assertThat(composer.recallOlder(() -> {})).isTrue();

        assertThat(composer.text().get()).isEqualTo("second");
    }

    @Test
    void olderPromptsAreNotShownInATextThatWasChangedWhileTheyWereLoaded() {
        one.sent.add("second");
        one.older.add("first");
        composer.recallOlder(() -> {});
        one.loading = new CompletableFuture<>();
        composer.recallOlder(() -> {});
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
        composer.recallOlder(then);
        composer.recallOlder(then);
        composer.recallOlder(then);
        assertThat(recalled).containsExactly("second", "first");
        assertThat(composer.text().get()).isEqualTo("first");
    }

    @Test
    void theHintSaysThatTheQueueIsHeldUntilTheUserResumesIt() {
        QueuedPrompt prompt = new QueuedPrompt("u", "later", true);
        composer.updateQueue(List.of(prompt), true);
        assertThat(composer.queue().held().get()).isTrue();
        assertThat(composer.hint().get())
                .endsWith("sends this after the waiting messages and resumes them");
        composer.queue().resume();
        assertThat(one.resumed).isEqualTo(1);
        composer.updateQueue(List.of(), true);
        assertThat(composer.queue().held().get()).isFalse();
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
        assertThat(composer.queue().move(b, 0)).isTrue();
        assertThat(composer.queue().move(a, -1)).isFalse();
        assertThat(composer.queue().move(b, 2)).isFalse();
        assertThat(composer.queue().move(local, 0)).isFalse();
        composer.queue().steer(a);
        composer.queue().sendNow(b);
        assertThat(page.did).containsExactly("order [b, a]", "steer a", "now b");
    }

    @Test
    void aFurtherStepCountsFromWhereTheLastOneBringsAPrompt() {
        RecordingTarget page = new RecordingTarget("one");
        page.reordering = new CompletableFuture<>();
        composer.attach(page);
        QueuedPrompt a = new QueuedPrompt("a", "A", true);
        QueuedPrompt b = new QueuedPrompt("b", "B", true);
        QueuedPrompt c = new QueuedPrompt("c", "C", true);
        composer.updateQueue(List.of(a, b, c), false);
        assertThat(composer.queue().moveBy(c, -1)).isTrue();
        assertThat(composer.queue().moveBy(c, -1)).isTrue();
        assertThat(composer.queue().moveBy(c, -1)).isFalse();
        composer.updateQueue(List.of(a, c, b), false);
        assertThat(composer.queue().moveBy(c, 1)).isTrue();
        assertThat(page.did)
                .containsExactly("order [a, c, b]", "order [c, a, b]", "order [a, c, b]");

        page.reordering.completeExceptionally(new IOException("No."));
        assertThat(errors).contains("No.");
        assertThat(composer.queue().moveBy(c, -1)).isTrue();
        assertThat(page.did).last().isEqualTo("order [c, a, b]");
    }

    @Test
    void aSearchFromARecalledPromptKeepsTheDraft() {
        one.sent.add("first");
        composer.text().set("a draft");
        composer.recallOlder(() -> {});
        composer.searchPrompts();
        assertThat(drafts.get("one")).isEqualTo("a draft");
        composer.text().set("query");
        composer.search().cancel();
        assertThat(composer.text().get()).isEqualTo("a draft");
        assertThat(drafts.get("one")).isEqualTo("a draft");
        assertThat(composer.isRecalled()).isFalse();
    }

    @Test
    void aPromptThatReturnsToADeletedSessionLeavesNothingOnDisk() {
        one.sending = new CompletableFuture<>();
        composer.text().set("precious");
        composer.send();
        composer.attach(two);
        composer.deleteDraft("one");
        one.sending.completeExceptionally(new IOException("The session was deleted."));
        drafts.flush();
        assertThat(drafts.get("one")).isEmpty();
        assertThat(folder.resolve("one.txt")).doesNotExist();
        assertThat(errors).containsExactly("The session was deleted.");
    }
}
