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

    /// How many prompts the text is back from the end of the history; 0 if it is not recalled.
    private int steps;

    private boolean closed;

    PromptRecall(ComposerTarget target, StringProperty text, Executor fx) {
        this.target = target;
        this.text = text;
        this.fx = fx;
    }

    /// Goes one prompt back, if the text is empty or a recalled prompt that was not edited. Where
    /// no older prompt is known the server is asked for older ones, and the prompt comes a moment
    /// later.
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
        target.loadOlderHistory()
                .whenCompleteAsync(
                        (more, failure) -> {
                            if (failure == null && more && !closed && isUnedited()) {
                                showPrevious(callback);
                            }
                        },
                        fx);
        return false;
    }

    private boolean isUnedited() {
        List<String> sent = target.history();
        return steps == 0
                ? text.get().isEmpty()
                : steps <= sent.size() && text.get().equals(sent.get(sent.size() - steps));
    }

    private boolean showPrevious(Runnable callback) {
        List<String> sent = target.history();
        if (steps >= sent.size()) {
            return false;
        }
        steps++;
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
