package dev.oriel.app.composer;

import dev.oriel.app.composer.attach.LongPaste;
import dev.oriel.app.text.FieldText;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.util.Subscription;

/// Recalls the prompts that were sent in one session into the composer's text: older ones from the
/// last one backwards, newer ones up to the draft that was there before. The draft stays on disk
/// until a recalled prompt is edited. Belongs to the JavaFX thread.
final class PromptRecall {
    private final ComposerTarget target;
    private final DraftEditor editor;
    private final Executor fx;

    /// How many prompts the one that is shown is back from the end of the history; 0 if the text is
    /// the draft.
    private int steps;

    /// The prompt that is shown.
    private String shown = "";

    private final Subscription subscription;
    private boolean closed;

    PromptRecall(ComposerTarget target, DraftEditor editor, Executor fx) {
        this.target = target;
        this.editor = editor;
        this.fx = fx;
        subscription = editor.text().subscribe(this::onText);
    }

    /// What the user edits becomes the draft.
    private void onText(String now) {
        if (steps > 0 && !now.equals(shown)) {
            keep();
        }
    }

    /// Whether the text is a recalled prompt that was not edited.
    boolean isRecalled() {
        return steps > 0;
    }

    /// Shows the prompt before the one that is shown, or the last one. If no older prompt is known,
    /// older ones are loaded from the server, and the prompt is shown once they have arrived and if
    /// the text is still the same.
    ///
    /// @param callback called whenever a prompt was put into the text
    /// @return whether that has happened already
    boolean showOlder(Runnable callback) {
        if (show(callback)) {
            return true;
        }
        String before = editor.text().get();
        boolean recalled = isRecalled();
        target.loadOlderHistory()
                .whenCompleteAsync(
                        (more, failure) -> {
                            boolean unchanged =
                                    !closed
                                            && editor.text().get().equals(before)
                                            && isRecalled() == recalled;
                            if (failure == null && more && unchanged) {
                                show(callback);
                            }
                        },
                        fx);
        return false;
    }

    private boolean show(Runnable callback) {
        List<String> sent = sent();
        int next = isRecalled() ? steps + 1 : 1;
        // A prompt that equals the text would be a key press without an effect.
        while (next <= sent.size() && sent.get(sent.size() - next).equals(editor.text().get())) {
            next++;
        }
        if (next > sent.size()) {
            return false;
        }
        editor.suspend();
        show(next, sent.get(sent.size() - next), callback);
        return true;
    }

    /// Those that can be edited. Longer ones are found by the search, which attaches them.
    private List<String> sent() {
        return target.sentPrompts().stream()
                .filter(prompt -> !LongPaste.isTooLongToEdit(prompt))
                .map(FieldText::of)
                .toList();
    }

    private void show(int at, String prompt, Runnable callback) {
        steps = at;
        shown = prompt;
        editor.text().set(prompt);
        callback.run();
    }

    /// Shows the prompt after the one that is shown, and after the last one the draft.
    ///
    /// @param callback called if the text has changed
    /// @return false if the text is not a recalled prompt
    boolean showNewer(Runnable callback) {
        if (!isRecalled()) {
            return false;
        }
        List<String> sent = sent();
        int next = steps - 1;
        while (next > 0 && sent.get(sent.size() - next).equals(shown)) {
            next--;
        }
        if (next > 0 && next <= sent.size()) {
            show(next, sent.get(sent.size() - next), callback);
        } else {
            showDraft();
            callback.run();
        }
        return true;
    }

    /// Returns to the draft.
    void showDraft() {
        if (isRecalled()) {
            steps = 0;
            editor.text().set(editor.draft());
            editor.resume();
        }
    }

    /// Makes the recalled prompt the draft.
    void keep() {
        if (isRecalled()) {
            steps = 0;
            editor.resume();
        }
    }

    /// Makes the recalled prompt the draft if there is none; otherwise returns to the draft, which
    /// the prompt must not replace.
    void keepOrReturn() {
        if (editor.draft().isEmpty()) {
            keep();
        } else {
            showDraft();
        }
    }

    /// The composer turns to another session.
    void close() {
        closed = true;
        subscription.unsubscribe();
    }
}
