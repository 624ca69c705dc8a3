package dev.oriel.app.keyboard;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// Marks what a program gives the focus while the user works with the keyboard, such as the first
/// control of a dialog: JavaFX marks only what was reached with Tab as `focus-visible`. Belongs to
/// the JavaFX thread.
public final class KeyboardFocus {
    private boolean keyboard;
    private @Nullable Node marked;

    private KeyboardFocus() {}

    /// Marks what gets the focus in a scene from now on.
    public static void install(Scene scene) {
        KeyboardFocus focus = new KeyboardFocus();
        scene.addEventFilter(KeyEvent.KEY_PRESSED, _ -> focus.keyboard = true);
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> focus.keyboard = false);
        scene.focusOwnerProperty().subscribe(focus::onFocus);
    }

    private void onFocus(@Nullable Node owner) {
        if (marked != null) {
            marked.pseudoClassStateChanged(FocusRegions.REACHED, false);
        }
        marked = keyboard ? owner : null;
        if (marked != null) {
            marked.pseudoClassStateChanged(FocusRegions.REACHED, true);
        }
    }
}
