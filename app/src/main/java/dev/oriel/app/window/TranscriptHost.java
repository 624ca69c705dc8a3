package dev.oriel.app.window;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.find.FindBar;
import dev.oriel.app.transcript.TranscriptView;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Holds the transcript, which is created for the first conversation or by [#warmUp]: creating it
/// takes as long as the rest of the window, and a window can start without one.
public final class TranscriptHost extends StackPane {
    private final Supplier<TranscriptView> factory;
    private @Nullable TranscriptView created;
    private Consumer<String> announcer = _ -> {};

    public TranscriptHost(Supplier<TranscriptView> factory) {
        this.factory = factory;
    }

    private TranscriptView view() {
        TranscriptView view = created;
        if (view == null) {
            view = factory.get();
            view.setAnnouncer(announcer);
            created = view;
            // Under the find bar.
            getChildren().addFirst(view);
        }
        return view;
    }

    /// Sets what receives sentences for a screen reader. To be called before the first
    /// conversation.
    public void setAnnouncer(Consumer<String> next) {
        announcer = next;
    }

    /// @param conversation null for none
    void show(@Nullable ConversationModel conversation) {
        if (conversation != null || created != null) {
            view().show(conversation);
        }
    }

    /// Adds the bar that finds text in the conversation.
    public void setFindBar(FindBar bar) {
        getChildren().add(bar);
    }

    /// The selected text if it is a part of one line; else empty.
    public String selectedWords() {
        return created == null ? "" : created.selectedWords();
    }

    /// Goes to the next held prompt in a direction.
    ///
    /// @return whether there is one
    boolean toPrompt(boolean forward) {
        return created != null && created.toPrompt(forward);
    }

    /// Scrolls to the end of the held part.
    void scrollToHeldEnd() {
        if (created != null) {
            created.toHeldEdge(true);
        }
    }

    /// Scrolls to the end of the conversation, and follows it.
    public void scrollToEnd() {
        if (created != null) {
            created.jumpToLatest();
        }
    }

    /// Prepares for the first conversation.
    public void warmUp() {
        view().warmUp();
    }

    /// Moves the focus to the text.
    public void focusText() {
        view().focusText();
    }
}
