package dev.oriel.app.window;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.outline.OutlinePanel;
import dev.oriel.app.outline.OutlineSource;
import dev.oriel.app.outline.OutlineViewModel;
import dev.oriel.app.overlay.Overlays;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Jumps between the prompts of the open conversation, loaded or not. Belongs to the JavaFX thread.
public final class WindowJump {
    private final TranscriptHost transcript;
    private final Supplier<@Nullable ConversationModel> conversation;
    private final OutlineSource prompts;
    private final Executor fx;
    private final InstantSource clock;
    private final Overlays overlays;

    public WindowJump(
            TranscriptHost transcript,
            Supplier<@Nullable ConversationModel> conversation,
            OutlineSource prompts,
            Executor fx,
            InstantSource clock,
            Overlays overlays) {
        this.transcript = transcript;
        this.conversation = conversation;
        this.prompts = prompts;
        this.fx = fx;
        this.clock = clock;
        this.overlays = overlays;
    }

    /// Goes to the prompt before what is in sight.
    void previousPrompt() {
        ConversationModel now = conversation.get();
        if (now == null || transcript.toPrompt(false) || !now.hasMoreBefore()) {
            return;
        }
        request(now, now.heldFrom());
    }

    private void request(ConversationModel now, long before) {
        prompts.prompts(before)
                .whenCompleteAsync(
                        (page, failure) -> {
                            if (page == null || !now.equals(conversation.get())) {
                                return;
                            }
                            if (!page.prompts().isEmpty()) {
                                goTo(page.prompts().getFirst().seq());
                            } else if (page.next() > 0 && page.next() < before) {
                                request(now, page.next());
                            }
                        },
                        fx);
    }

    /// Goes to the prompt after what is in sight; after the last one, to the end.
    void nextPrompt() {
        ConversationModel now = conversation.get();
        if (now != null && !transcript.toPrompt(true)) {
            if (now.hasMoreAfter()) {
                // The prompts after it are loaded meanwhile.
                transcript.scrollToHeldEnd();
            } else {
                transcript.scrollToEnd();
            }
        }
    }

    /// Shows the list of all prompts.
    public void showOutline() {
        if (conversation.get() == null) {
            return;
        }
        OutlineViewModel outline = new OutlineViewModel(prompts, fx);
        overlays.showCentered(
                new OutlinePanel(
                        outline,
                        clock,
                        "Prompts",
                        seq -> {
                            overlays.close();
                            goTo(seq);
                        }));
        outline.open();
    }

    private void goTo(long seq) {
        ConversationModel now = conversation.get();
        if (now != null) {
            now.goTo(new SearchTarget(seq, List.of(), ""));
        }
    }
}
