package dev.oriel.app.composer;

import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.StringProperty;

/// Recalls the prompts that were sent in one session, from the last one backwards, into the
/// composer's text. Belongs to the JavaFX thread.
final class PromptRecall {
    private final ComposerTarget target;
    private final StringProperty text;
    private final Executor fx;

    /// How many prompts the last recalled one is back from the end of the history; 0 if none was
    /// recalled.
    private int steps;

    private boolean closed;

    PromptRecall(ComposerTarget target, StringProperty text, Executor fx) {
        this.target = target;
        this.text = text;
        this.fx = fx;
    }

    /// Goes one prompt back if the text is a recalled prompt that was not edited. An empty text
    /// becomes the last prompt. If no older prompt is known, older ones are loaded from the server,
    /// and the prompt is shown once they have arrived and if the text is still the same.
    ///
    /// @param callback called whenever a prompt was put into the text
    /// @return whether that has happened already
    boolean previous(Runnable callback) {
        if (!isUnedited()) {
            return false;
        }
        if (showPrevious(callback)) {
            return true;
        }
        String before = text.get();
        target.loadOlderHistory()
                .whenCompleteAsync(
                        (more, failure) -> {
                            boolean unchanged = text.get().equals(before) && isUnedited();
                            if (failure == null && more && !closed && unchanged) {
                                showPrevious(callback);
                            }
                        },
                        fx);
        return false;
    }

    private boolean isUnedited() {
        List<String> sent = target.sentPrompts();
        if (text.get().isEmpty()) {
            return true;
        }
        return steps > 0
                && steps <= sent.size()
                && text.get().equals(sent.get(sent.size() - steps));
    }

    private boolean showPrevious(Runnable callback) {
        List<String> sent = target.sentPrompts();
        int next = text.get().isEmpty() ? 1 : steps + 1;
        if (next > sent.size()) {
            return false;
        }
        steps = next;
        text.set(sent.get(sent.size() - steps));
        callback.run();
        return true;
    }

    /// The text is no longer a recalled prompt.
    void reset() {
        steps = 0;
    }

    /// The composer turns to another session.
    void close() {
        closed = true;
    }
}
