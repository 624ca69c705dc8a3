package dev.oriel.app.composer;

import dev.oriel.app.text.FieldText;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The text of the composer, which is the draft of the page that is open. Each change of it is
/// saved. Belongs to the JavaFX thread.
final class DraftEditor {
    private final DraftStore drafts;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyIntegerWrapper begun = new ReadOnlyIntegerWrapper();

    /// The page that is open; null for none.
    private @Nullable String page;

    /// Pages whose sessions were deleted. What still returns to them is dropped.
    private final Set<String> deleted = new HashSet<>();

    /// Whether the text is something else than the draft.
    private boolean suspended;

    DraftEditor(DraftStore drafts) {
        this.drafts = drafts;
        text.subscribe(this::save);
    }

    private void save(String now) {
        if (page != null && !suspended) {
            drafts.save(page, now);
        }
    }

    StringProperty text() {
        return text;
    }

    /// Counts the texts that were begun: on another page, or after the last one was sent. What was
    /// changed in the text before is no longer undone.
    ReadOnlyIntegerProperty begun() {
        return begun.getReadOnlyProperty();
    }

    /// The draft of the page that is open, also while the text is something else.
    String draft() {
        return page == null ? "" : draftOf(page);
    }

    private String draftOf(String ofPage) {
        return FieldText.of(drafts.get(ofPage));
    }

    /// Shows a text that may come from elsewhere. Its text area must not change it, because that
    /// would count as an edit.
    void show(String next) {
        text.set(FieldText.of(next));
    }

    /// Shows the draft of a page.
    ///
    /// @param next key of the page; null for none
    void open(@Nullable String next) {
        // Setting the text must not save it as the draft of either page.
        page = null;
        suspended = false;
        text.set(next == null ? "" : draftOf(next));
        if (next != null) {
            deleted.remove(next);
        }
        page = next;
        begun.set(begun.get() + 1);
    }

    /// Keeps a prompt of the open page, which is being sent, on disk until it is stored.
    void keepUntil(CompletableFuture<?> stored, String prompt) {
        if (page != null && !prompt.isBlank()) {
            drafts.keepUntil(stored, page, prompt);
        }
    }

    /// Begins another text after the last one was sent.
    void begin(String next) {
        text.set(next);
        begun.set(begun.get() + 1);
    }

    /// From here on the text is not the draft, so it is not saved.
    void suspend() {
        suspended = true;
    }

    /// From here on the text is the draft again.
    void resume() {
        suspended = false;
        save(text.get());
    }

    /// Puts a prompt that was not sent before the draft of its page, which may not be open.
    void restore(String ofPage, String prompt) {
        if (deleted.contains(ofPage)) {
            return;
        }
        if (ofPage.equals(page) && !suspended) {
            show(joined(prompt, text.get()));
        } else {
            drafts.save(ofPage, joined(prompt, draftOf(ofPage)));
        }
    }

    /// Deletes the draft of a page that will not be opened again.
    void delete(String ofPage) {
        deleted.add(ofPage);
        drafts.save(ofPage, "");
    }

    private static String joined(String prompt, String draft) {
        return draft.isBlank() ? prompt : prompt.isBlank() ? draft : prompt + "\n\n" + draft;
    }
}
