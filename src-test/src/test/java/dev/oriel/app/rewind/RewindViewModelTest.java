package dev.oriel.app.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.message.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RewindViewModelTest {
    private static final PromptPoint POINT = new PromptPoint(7, "u-7", "Paint it green", false);

    private final RecordingActions actions = new RecordingActions();
    private int done;

    /// Records what is asked of the window. The test completes the preview.
    private static final class RecordingActions implements RewindActions {
        private final List<String> calls = new ArrayList<>();
        private final CompletableFuture<ObjectNode> preview = new CompletableFuture<>();
        private CompletableFuture<ObjectNode> outcome =
                CompletableFuture.completedFuture(Json.object());

        @Override
        public CompletableFuture<String> fork(long before) {
            calls.add("fork " + before);
            return outcome.thenApply(_ -> "forked");
        }

        @Override
        public CompletableFuture<String> rewind(long before) {
            calls.add("rewind " + before);
            return outcome.thenApply(_ -> "same");
        }

        @Override
        public CompletableFuture<ObjectNode> control(ObjectNode request) {
            calls.add(
                    request.path("subtype").asText()
                            + " "
                            + request.path("user_message_id").asText()
                            + (request.path("dry_run").asBoolean() ? " dry" : ""));
            return request.path("dry_run").asBoolean() ? preview : outcome;
        }

        @Override
        public void edit(String session, PromptPoint prompt) {
            calls.add("edit " + prompt.text() + " in " + session);
        }
    }

    private RewindViewModel model() {
        return new RewindViewModel(POINT, actions, Runnable::run, () -> done++);
    }

    private void previewChanges() {
        ObjectNode json = Json.object().put("canRewind", true).put("insertions", 3);
        json.put("deletions", 1).putArray("filesChanged").add("/p/a.txt");
        actions.preview.complete(json);
    }

    @Test
    void itAsksAtOnceWhichFilesWouldChange() {
        RewindViewModel model = model();
        assertThat(actions.calls).containsExactly("rewind_files u-7 dry");
        assertThat(model.preview().get()).isEqualTo(new FilePreview.Loading());
        assertThat(model.isPossible(RewindChoice.FILES)).isFalse();

        previewChanges();

        assertThat(model.preview().get())
                .isEqualTo(new FilePreview.Changes(List.of("/p/a.txt"), 3, 1));
        assertThat(model.isPossible(RewindChoice.BOTH)).isTrue();
    }

    @Test
    void filesAreRewoundBeforeTheConversationWhoseCopiesTheyNeed() {
        RewindViewModel model = model();
        previewChanges();
        actions.calls.clear();

        model.perform(RewindChoice.BOTH);

        assertThat(actions.calls)
                .containsExactly("rewind_files u-7", "rewind 7", "edit Paint it green in same");
        assertThat(done).isEqualTo(1);
    }

    @Test
    void theConversationIsKeptIfTheFilesCannotBeRewound() {
        RewindViewModel model = model();
        previewChanges();
        actions.calls.clear();
        actions.outcome = CompletableFuture.failedFuture(new IOException("The disk is full."));

        model.perform(RewindChoice.BOTH);

        assertThat(actions.calls).containsExactly("rewind_files u-7");
        assertThat(model.problem().get()).isEqualTo("The disk is full.");
        assertThat(model.busy().get()).isFalse();
        assertThat(done).isZero();
    }

    @Test
    void theConversationIsKeptIfTheAgentRestoresNothing() {
        RewindViewModel model = model();
        previewChanges();
        actions.calls.clear();
        actions.outcome =
                CompletableFuture.completedFuture(
                        Json.object().put("canRewind", false).put("error", "The copy is gone."));

        model.perform(RewindChoice.BOTH);

        assertThat(actions.calls).containsExactly("rewind_files u-7");
        assertThat(model.problem().get()).isEqualTo("The copy is gone.");
        assertThat(done).isZero();
    }

    @Test
    void rewoundFilesLeaveThePromptWhereItIs() {
        RewindViewModel model = model();
        previewChanges();
        actions.calls.clear();

        model.perform(RewindChoice.FILES);

        assertThat(actions.calls).containsExactly("rewind_files u-7");
        assertThat(done).isEqualTo(1);
    }

    @Test
    void aForkNeedsNoPreview() {
        RewindViewModel model = model();
        model.perform(RewindChoice.FORK);

        assertThat(actions.calls).endsWith("fork 7", "edit Paint it green in forked");
    }

    @Test
    void nothingIsDoneTwice() {
        RewindViewModel model = model();
        actions.outcome = new CompletableFuture<>();
        model.perform(RewindChoice.CONVERSATION);
        model.perform(RewindChoice.CONVERSATION);

        assertThat(actions.calls).containsExactly("rewind_files u-7 dry", "rewind 7");
    }

    @Test
    void theReasonForMissingCopiesIsShown() {
        RewindViewModel model = model();
        actions.preview.complete(
                Json.object().put("canRewind", false).put("error", "File rewinding is not on."));

        assertThat(model.preview().get())
                .isEqualTo(new FilePreview.Unavailable("File rewinding is not on."));
        model.perform(RewindChoice.FILES);
        assertThat(actions.calls).hasSize(1);
    }

    @Test
    void unchangedFilesNeedNoRewind() {
        RewindViewModel model = model();
        actions.preview.complete(Json.object().put("canRewind", true));

        assertThat(model.preview().get()).isEqualTo(new FilePreview.NoChanges());
        assertThat(model.isPossible(RewindChoice.FILES)).isFalse();
        assertThat(model.isPossible(RewindChoice.CONVERSATION)).isTrue();
    }

    @Test
    void onlyAJournaledPromptIsAPoint() {
        Item notice = new Item.Notice("n", 3, Item.Level.INFO, "x", List.of());
        assertThat(PromptPoint.of(notice)).isEmpty();
        assertThat(PromptPoint.of(new Item.Prompt("prompt:u", 0, "x", List.of()))).isEmpty();
        assertThat(PromptPoint.of(new Item.Prompt("prompt:u", 4, "x", List.of())))
                .contains(new PromptPoint(4, "u", "x", false));
        List<Attachment> one =
                List.of(
                        new Attachment(
                                Attachment.Kind.IMAGE,
                                "image/png",
                                "",
                                9,
                                1,
                                1,
                                new MediaPlace(4, 0)));
        assertThat(PromptPoint.of(new Item.Prompt("prompt:u", 4, "x", one)))
                .contains(new PromptPoint(4, "u", "x", true));
    }
}
