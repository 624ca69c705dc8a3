package dev.oriel.app.composer;

import dev.oriel.app.composer.complete.HistorySearch;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/// Searches earlier prompts with the composer's text as the query. The draft is kept meanwhile, and
/// returns unless a prompt is taken. Belongs to the JavaFX thread.
public final class PromptSearch {
    private final DraftEditor editor;
    private final HistorySearch history;
    private final Runnable changed;
    private final Predicate<String> attach;

    /// @param changed called whenever the search was opened or closed
    /// @param attach attaches a prompt if it is too long to be edited; returns whether it was
    PromptSearch(DraftEditor editor, Executor fx, Runnable changed, Predicate<String> attach) {
        this.attach = attach;
        this.changed = changed;
        this.editor = editor;
        this.history = new HistorySearch(fx);
        editor.text().subscribe(history::update);
    }

    /// Opens the search, or switches between the folder and everywhere.
    void openOrToggle(ComposerTarget of) {
        if (history.isOpen()) {
            history.toggleEverywhere();
            return;
        }
        editor.suspend();
        editor.text().set("");
        history.open(of);
        changed.run();
    }

    /// Returns to the draft.
    ///
    /// @return whether the search was open
    public boolean cancel() {
        return finish(editor.draft());
    }

    /// Puts the selected prompt into the text, or attaches a long one, or returns to the draft if
    /// there is none.
    ///
    /// @return whether the search was open
    public boolean take() {
        String selected = history.selectedText();
        if (selected == null || attach.test(selected)) {
            return finish(editor.draft());
        }
        return finish(selected);
    }

    private boolean finish(String text) {
        if (!history.isOpen()) {
            return false;
        }
        history.close();
        editor.show(text);
        editor.resume();
        changed.run();
        return true;
    }

    /// The composer turns to another page; the draft of the last one is on disk.
    void close() {
        history.close();
    }

    public boolean isOpen() {
        return history.isOpen();
    }

    /// The list of prompts.
    public HistorySearch history() {
        return history;
    }
}
