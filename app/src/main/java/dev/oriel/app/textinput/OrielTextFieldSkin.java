package dev.oriel.app.textinput;

import dev.oriel.app.controls.TextRuns;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.TextFieldSkin;
import javafx.scene.text.Text;

/// A text field with a caret that does not blink, whose text is laid out in short runs
/// ([TextRuns]). The stylesheet sets it for every text field of the window.
public final class OrielTextFieldSkin extends TextFieldSkin {
    private final boolean still;

    public OrielTextFieldSkin(TextField control) {
        super(control);
        boolean found = false;
        for (Node part : getChildren()) {
            found |= SteadyCaret.install(part, control);
        }
        still = found;
        Text text = SteadyCaret.findTextNode(getChildren());
        if (text != null) {
            TextRuns.applyToInput(text);
        }
    }

    @Override
    public void moveCaret(TextUnit unit, Direction to, boolean select) {
        if (!RightToLeftKeys.moveCaret(getSkinnable(), unit, to, select)) {
            super.moveCaret(unit, to, select);
        }
    }

    /// Called at every click and key press.
    @Override
    public void setCaretAnimating(boolean value) {
        super.setCaretAnimating(value && !still);
    }
}
