package dev.oriel.app.textinput;

import dev.oriel.app.text.RightToLeft;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.skin.TextInputControlSkin.Direction;
import javafx.scene.control.skin.TextInputControlSkin.TextUnit;

/// Caret movement in a right-to-left paragraph. JavaFX's skins take the left end of a line for its
/// beginning, and their caret may not move between two right-to-left letters.
final class RightToLeftKeys {
    private RightToLeftKeys() {}

    /// Moves the caret to the character at its left or right.
    ///
    /// @return false if this is another movement, or the paragraph is left-to-right
    static boolean moveCaret(
            TextInputControl control, TextUnit unit, Direction to, boolean select) {
        boolean sideways = to == Direction.LEFT || to == Direction.RIGHT;
        if (unit != TextUnit.CHARACTER || select || !sideways || !applies(control)) {
            return false;
        }
        if (to == Direction.LEFT) {
            control.forward();
        } else {
            control.backward();
        }
        return true;
    }

    /// The direction for which the skin moves to the intended end of a line.
    static Direction mirrored(TextInputControl control, TextUnit unit, Direction to) {
        if (unit != TextUnit.LINE || !applies(control)) {
            return to;
        }
        return switch (to) {
            case BEGINNING -> Direction.END;
            case END -> Direction.BEGINNING;
            default -> to;
        };
    }

    private static boolean applies(TextInputControl control) {
        String all = control.getText();
        int caret = control.getCaretPosition();
        int end = all.indexOf('\n', caret);
        int from = all.lastIndexOf('\n', caret - 1) + 1;
        return RightToLeft.isFirstIn(all.substring(from, end < 0 ? all.length() : end));
    }
}
