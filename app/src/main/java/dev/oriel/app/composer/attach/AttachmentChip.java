package dev.oriel.app.composer.attach;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.app.composer.attach.DraftAttachment.Status;
import dev.oriel.app.controls.Controls;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// One attachment above the text of the composer: thumbnail or icon, name, size, and a button that
/// removes it. A refused one says why it cannot be sent.
///
/// Keys: Enter and Space show it, Delete and Backspace remove it.
final class AttachmentChip extends HBox {
    /// Width and height of a thumbnail, pixels.
    static final int THUMBNAIL = 36;

    private static final double MAX_NAME = 190;
    private static final double MAX_REASON = 300;

    private final DraftAttachment attachment;
    private final Actions actions;
    private final StackPane picture = new StackPane();

    /// What a user does with a chip.
    interface Actions {
        void show(DraftAttachment attachment);

        void remove(DraftAttachment attachment);
    }

    AttachmentChip(DraftAttachment attachment, Actions actions) {
        super(8);
        this.attachment = attachment;
        this.actions = actions;
        getStyleClass().add("attachment");
        setId("attachment-" + attachment.id());
        setAlignment(Pos.CENTER_LEFT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setAccessibleText(attachment.label());
        setAccessibleHelp("Enter shows it, Delete removes it.");
        picture.getStyleClass().add("attachment-picture");
        picture.setMinSize(THUMBNAIL, THUMBNAIL);
        picture.setMaxSize(THUMBNAIL, THUMBNAIL);
        picture.getChildren().add(new DecorativeIcon(icon()));
        Label title = Controls.label(attachment.title());
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        title.setMaxWidth(MAX_NAME);
        VBox text = new VBox(title, details());
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button remove = Controls.button(null, new FontIcon(Feather.X));
        remove.setAccessibleText("Remove " + attachment.title());
        remove.setTooltip(Controls.tooltip("Remove"));
        remove.getStyleClass().add("ghost");
        remove.setMinSize(USE_PREF_SIZE, USE_PREF_SIZE);
        // With the keyboard, the chip itself is removed.
        remove.setFocusTraversable(false);
        remove.setOnAction(_ -> actions.remove(attachment));
        getChildren().addAll(picture, text, remove);
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKeyPressed);
        addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                e -> {
                    actions.show(attachment);
                    e.consume();
                });
        addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                e -> {
                    requestFocus();
                    e.consume();
                });
    }

    private Label details() {
        if (attachment.status() instanceof Status.Refused(String reason, _)) {
            getStyleClass().add("refused");
            Label why = Controls.wrapping(Controls.label(reason));
            why.getStyleClass().add("attachment-reason");
            why.setMaxWidth(MAX_REASON);
            why.setMinHeight(USE_PREF_SIZE);
            return why;
        }
        Label details = Controls.label(attachment.details());
        details.getStyleClass().add("quiet");
        return details;
    }

    private Feather icon() {
        if (attachment.status() instanceof Status.Refused) {
            return Feather.ALERT_TRIANGLE;
        }
        return switch (attachment.kind()) {
            case IMAGE -> Feather.IMAGE;
            case DOCUMENT -> Feather.FILE_TEXT;
            case TEXT_FILE -> Feather.FILE;
            case PASTED_TEXT -> Feather.CLIPBOARD;
        };
    }

    boolean wantsThumbnail() {
        return attachment.kind() == Kind.IMAGE && attachment.isReady();
    }

    DraftAttachment attachment() {
        return attachment;
    }

    void showThumbnail(Image image) {
        ImageView view = new ImageView(image);
        view.setPreserveRatio(true);
        view.setFitWidth(THUMBNAIL);
        view.setFitHeight(THUMBNAIL);
        view.setSmooth(true);
        picture.getChildren().setAll(view);
    }

    private void onKeyPressed(KeyEvent e) {
        switch (e.getCode()) {
            case DELETE, BACK_SPACE -> {
                actions.remove(attachment);
                e.consume();
            }
            case ENTER, SPACE -> {
                actions.show(attachment);
                e.consume();
            }
            default -> {
                // The tray or the window handles it.
            }
        }
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (action == AccessibleAction.FIRE) {
            actions.show(attachment);
        } else {
            super.executeAccessibleAction(action, parameters);
        }
    }
}
