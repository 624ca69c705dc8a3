package dev.oriel.app.composer.attach;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.media.ImageDecoder;
import dev.oriel.app.media.UndecodableImageException;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.text.DisplayText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// An attachment in full, in the middle of the window: an image, or the text that is sent. A pasted
/// text can be moved into the message.
public final class AttachmentPreview extends VBox {
    /// The most characters that are shown: a longer text is slow in a text area.
    private static final int MOST_SHOWN = 100_000;

    private static final int EDGE = 1_568;

    private final StackPane content = new StackPane();

    /// @param insert receives a pasted text that is moved into the message
    public AttachmentPreview(
            DraftAttachment attachment,
            AttachmentsViewModel model,
            Overlays overlays,
            Consumer<String> insert) {
        super(12);
        setId("attachment-preview");
        getStyleClass().add("card");
        setAccessibleText(attachment.label());
        setMaxSize(760, Region.USE_PREF_SIZE);
        Label title = Controls.label(attachment.title());
        title.getStyleClass().add("card-title");
        Label details = Controls.label(attachment.details());
        details.getStyleClass().add("quiet");
        content.setMinHeight(0);
        VBox.setVgrow(content, Priority.ALWAYS);
        Button close = Controls.button("Close");
        close.setCancelButton(true);
        close.setOnAction(_ -> overlays.close());
        HBox buttons = new HBox(8);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        if (attachment.isExpandable()) {
            Button move = Controls.button("Move into the message");
            move.setId("expand-paste");
            move.setOnAction(_ -> {
                overlays.close();
                model.expand(attachment, insert);
            });
            buttons.getChildren().add(move);
        }
        Button remove = Controls.button("Remove");
        remove.setOnAction(_ -> {
            overlays.close();
            model.remove(attachment);
        });
        buttons.getChildren().addAll(remove, close);
        getChildren().addAll(title, details, content, buttons);
        if (attachment.kind() == Kind.PASTED_TEXT && !attachment.isExpandable()) {
            Label why =
                    Controls.wrapping(
                            Controls.label(
                                    "It is too long to be edited in the message, and is sent as it"
                                            + " is."));
            why.setId("paste-too-long");
            why.getStyleClass().add("quiet");
            getChildren().add(3, why);
        }
        if (attachment.kind() == Kind.IMAGE) {
            loadImage(attachment, model);
        } else if (attachment.isText()) {
            loadText(attachment, model);
        }
    }

    /// @param image null if it cannot be shown
    /// @param problem why, a sentence for the user
    private record Decoded(@Nullable Image image, String problem) {}

    private void loadImage(DraftAttachment attachment, AttachmentsViewModel model) {
        model.decode(
                attachment,
                bytes -> {
                    try {
                        return new Decoded(ImageDecoder.decode(bytes, EDGE, EDGE), "");
                    } catch (UndecodableImageException e) {
                        return new Decoded(null, String.valueOf(e.getMessage()));
                    }
                },
                decoded -> {
                    Image image = decoded.image();
                    if (image == null) {
                        Label why = Controls.wrapping(Controls.label(decoded.problem()));
                        why.setId("preview-problem");
                        why.getStyleClass().add("quiet");
                        content.getChildren().setAll(why);
                        return;
                    }
                    ImageView view = new ImageView(image);
                    view.setPreserveRatio(true);
                    view.setSmooth(true);
                    view.setFitWidth(Math.min(image.getWidth(), 700));
                    if (getScene() != null && image.getHeight() > getScene().getHeight() - 220) {
                        double height = Math.max(80, getScene().getHeight() - 220);
                        double width = height * image.getWidth() / image.getHeight();
                        view.setFitWidth(Math.min(width, view.getFitWidth()));
                    }
                    view.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
                    view.setAccessibleText(attachment.label());
                    content.getChildren().setAll(view);
                });
    }

    private void loadText(DraftAttachment attachment, AttachmentsViewModel model) {
        TextArea area = new TextArea();
        area.setEditable(false);
        area.setPrefRowCount(18);
        area.getStyleClass().add("attachment-text");
        content.getChildren().setAll(area, new HiddenLabel(attachment.title(), area));
        model.decode(
                attachment,
                bytes -> {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    String shown = text.substring(0, Math.min(MOST_SHOWN, text.length()));
                    String more =
                            shown.length() < text.length()
                                    ? String.format(
                                            Locale.ROOT,
                                            "%n… and %,d more characters",
                                            text.length() - shown.length())
                                    : "";
                    return DisplayText.output(shown) + more;
                },
                area::setText);
    }
}
