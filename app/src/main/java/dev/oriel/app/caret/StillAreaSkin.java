package dev.oriel.app.caret;

import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.control.skin.TextAreaSkin;

/// A text area whose caret stands still. The stylesheet names it for every text area of the window.
public final class StillAreaSkin extends TextAreaSkin {
    private final boolean still;

    public StillAreaSkin(TextArea control) {
        super(control);
        boolean found = false;
        for (Node part : getChildren()) {
            found |= StillCaret.in(part, control);
        }
        still = found;
    }

    /// Asked for at every click and key press.
    @Override
    public void setCaretAnimating(boolean value) {
        super.setCaretAnimating(value && !still);
    }
}
