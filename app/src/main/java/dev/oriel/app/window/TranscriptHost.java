package dev.oriel.app.window;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.transcript.TranscriptView;
import java.util.function.Supplier;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Where a conversation is shown. What shows it is made when the first one comes, or when
/// everything else is done: it takes as long as the rest of the window together, and a window
/// begins without one.
public final class TranscriptHost extends StackPane {
    private final Supplier<TranscriptView> making;
    private @Nullable TranscriptView made;

    public TranscriptHost(Supplier<TranscriptView> making) {
        this.making = making;
    }

    private TranscriptView view() {
        TranscriptView view = made;
        if (view == null) {
            view = making.get();
            made = view;
            getChildren().add(view);
        }
        return view;
    }

    /// @param talk null for none
    void show(@Nullable ConversationModel talk) {
        if (talk != null || made != null) {
            view().show(talk);
        }
    }

    /// Goes to the end of the conversation, and stays there while more comes.
    public void scrollToEnd() {
        if (made != null) {
            made.jumpToLatest();
        }
    }

    /// Gets ready for the first conversation.
    public void warmUp() {
        view().warmUp();
    }

    /// Moves the keyboard focus into the text.
    public void focusText() {
        view().focusText();
    }
}
