package dev.oriel.app.composer.attach;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Lets files and images be dropped anywhere on the window, and says so while they are over it.
/// With the keyboard, they are pasted or chosen with the button under the message.
public final class DropTarget {
    private final AttachmentsViewModel model;
    private final Runnable focusField;
    private final StackPane sign = new StackPane();

    /// @param window the content of the window
    /// @param focusField moves the focus to the text area
    public DropTarget(Region window, AttachmentsViewModel model, Runnable focusField) {
        this.model = model;
        this.focusField = focusField;
        VBox words =
                new VBox(
                        8, new DecorativeIcon(Feather.PAPERCLIP), Controls.label("Drop to attach"));
        words.setAlignment(Pos.CENTER);
        words.getStyleClass().add("drop-words");
        words.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        sign.getChildren().add(words);
        sign.setId("drop-target");
        sign.getStyleClass().add("drop-target");
        sign.setMouseTransparent(true);
        sign.setVisible(false);
        window.addEventHandler(DragEvent.DRAG_OVER, this::onDragOver);
        window.addEventHandler(DragEvent.DRAG_EXITED, _ -> sign.setVisible(false));
        window.addEventHandler(DragEvent.DRAG_DROPPED, this::onDropped);
    }

    /// What is visible over the window during a drag.
    public Node node() {
        return sign;
    }

    private void onDragOver(DragEvent e) {
        if (TransferredContent.isAttachable(e.getDragboard()) && e.getGestureSource() == null) {
            e.acceptTransferModes(TransferMode.COPY);
            sign.setVisible(true);
            e.consume();
        }
    }

    private void onDropped(DragEvent e) {
        sign.setVisible(false);
        if (TransferredContent.isAttachable(e.getDragboard())) {
            e.setDropCompleted(TransferredContent.attach(e.getDragboard(), model));
            focusField.run();
            e.consume();
        }
    }
}
