package dev.oriel.app.account.view;

import java.util.Objects;
import javafx.scene.control.IndexRange;
import javafx.scene.control.PasswordField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyEvent;

/// A field for a key. It shows dots, gives nothing to the clipboard or to a screen reader, and
/// cannot bring back by Undo what was removed.
final class KeyField extends PasswordField {
    private Runnable onPasted = () -> {};

    KeyField(String id, String prompt) {
        setId(id);
        setPromptText(prompt);
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    boolean undo =
                            e.isShortcutDown()
                                    && switch (e.getCode()) {
                                        case Z, Y -> true;
                                        default -> false;
                                    };
                    if (undo) {
                        e.consume();
                    }
                });
    }

    /// @param listener called after something was pasted into the empty field
    void setOnPasted(Runnable listener) {
        onPasted = listener;
    }

    /// Pastes without the blanks and line breaks around the key.
    @Override
    public void paste() {
        String pasted = Clipboard.getSystemClipboard().getString();
        if (pasted == null || pasted.isBlank()) {
            return;
        }
        IndexRange selected = getSelection();
        boolean whole = selected.getLength() == getLength();
        replaceSelection(pasted.strip());
        if (whole) {
            onPasted.run();
        }
    }

    /// What was entered.
    String key() {
        return Objects.toString(getText(), "");
    }
}
