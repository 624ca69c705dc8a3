package dev.oriel.app.composer;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The text of the composer, which is the draft of the page that is open. Each change of it is
/// saved. Belongs to the JavaFX thread.
final class DraftEditor {
    private final DraftStore drafts;
    private final StringProperty text = new SimpleStringProperty("");

    /// The page that is open; null for none.
    private @Nullable String page;

    /// The page that was open when the text was suspended.
    private @Nullable String suspended;

    DraftEditor(DraftStore drafts) {
        this.drafts = drafts;
        text.subscribe(now -> {
            if (page != null) {
                drafts.save(page, now);
            }
        });
    }

    StringProperty text() {
        return text;
    }

    /// Shows the draft of a page.
    ///
    /// @param next key of the page; null for none
    void open(@Nullable String next) {
        // Setting the text must not save it as the draft of either page.
        page = null;
        text.set(next == null ? "" : drafts.get(next));
        page = next;
    }

    /// From here on the text is no draft, so it is not saved.
    void suspend() {
        suspended = page;
        page = null;
    }

    /// The text is the draft of the page again.
    void resume() {
        page = suspended;
    }

    /// Puts a prompt that was not sent before the draft of its page, which may not be open.
    void restore(String ofPage, String prompt) {
        if (ofPage.equals(page)) {
            text.set(joined(prompt, text.get()));
        } else {
            drafts.save(ofPage, joined(prompt, drafts.get(ofPage)));
        }
    }

    /// Deletes the draft of a page that will not be opened again.
    void delete(String ofPage) {
        drafts.save(ofPage, "");
    }

    private static String joined(String prompt, String draft) {
        return draft.isBlank() ? prompt : prompt + "\n\n" + draft;
    }
}
