package dev.oriel.app.transcript;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.ConversationModel;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The button that goes to the end of the conversation. It is shown while the end is out of sight,
/// with the number of items that arrived since. Belongs to the JavaFX thread.
final class JumpButton {
    private final Button button = Controls.button();
    private long seenArrivals;

    /// @param jump goes to the end
    JumpButton(Runnable jump) {
        button.setId("jump-latest");
        button.getStyleClass().add("jump-latest");
        button.setFocusTraversable(false);
        button.setVisible(false);
        button.setOnAction(_ -> jump.run());
        StackPane.setAlignment(button, Pos.BOTTOM_CENTER);
        StackPane.setMargin(button, new Insets(0, 0, 12, 0));
    }

    Button node() {
        return button;
    }

    /// Hides the button: no conversation is shown.
    void hide() {
        button.setVisible(false);
    }

    /// The end is in sight.
    ///
    /// @param arrivals how many items of the conversation arrived until now
    void hide(long arrivals) {
        seenArrivals = arrivals;
        hide();
    }

    /// The end is out of sight.
    ///
    /// @param arrivals how many items of the conversation arrived until now
    void show(long arrivals) {
        long unseen = arrivals - seenArrivals;
        button.setVisible(true);
        Controls.setText(
                button, unseen > 0 ? "Jump to latest · " + unseen + " new" : "Jump to latest");
    }

    /// Shows the button unless the reader is at the end.
    ///
    /// @param m what is read; null for nothing
    /// @param atEnd whether the reader is at the end of what is held
    void update(@Nullable ConversationModel m, boolean atEnd) {
        if (m == null) {
            hide();
        } else if (m.hasMoreAfter() || !atEnd) {
            show(m.arrivals());
        } else {
            hide(m.arrivals());
        }
    }
}
