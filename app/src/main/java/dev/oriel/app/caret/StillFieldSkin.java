package dev.oriel.app.caret;

import dev.oriel.app.controls.TextRuns;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.TextFieldSkin;
import javafx.scene.text.Text;

/// A text field whose caret stands still, and whose text is laid out in short runs ([TextRuns]).
/// The stylesheet names it for every text field of the window.
public final class StillFieldSkin extends TextFieldSkin {
    private final boolean still;

    public StillFieldSkin(TextField control) {
        super(control);
        boolean found = false;
        for (Node part : getChildren()) {
            found |= StillCaret.in(part, control);
        }
        still = found;
        Text text = StillCaret.text(getChildren());
        if (text != null) {
            TextRuns.inWritten(text);
        }
    }

    @Override
    public void moveCaret(TextUnit unit, Direction to, boolean select) {
        if (!RightToLeftKeys.moved(getSkinnable(), unit, to, select)) {
            super.moveCaret(unit, to, select);
        }
    }

    /// Asked for at every click and key press.
    @Override
    public void setCaretAnimating(boolean value) {
        super.setCaretAnimating(value && !still);
    }
}
