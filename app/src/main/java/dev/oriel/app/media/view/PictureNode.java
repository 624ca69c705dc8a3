package dev.oriel.app.media.view;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.media.MediaLoader;
import dev.oriel.app.media.MediaLoader.Outcome;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// An image in the text, of a fixed size from the beginning. The image is requested while this node
/// is in a scene.
final class PictureNode extends StackPane {
    /// Space under the image, pixels: between the rows of several images.
    private static final int BELOW = 6;

    private static final double ROUNDING = 12;

    /// The least width in which a failure is described.
    private static final int ROOM_FOR_TEXT = 150;

    private final Attachment image;
    private final int width;
    private final int height;
    private final MediaLoader loader;
    private final StackPane frame = new StackPane();
    private @Nullable Runnable cancel;
    private boolean shown;

    PictureNode(Attachment image, int width, int height, MediaLoader loader) {
        this.image = image;
        this.width = width;
        this.height = height;
        this.loader = loader;
        frame.getStyleClass().add("picture");
        frame.setMinSize(width, height);
        frame.setPrefSize(width, height);
        frame.setMaxSize(width, height);
        getChildren().add(frame);
        setMinSize(width, height + BELOW);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setPrefSize(width, height + BELOW);
        setAlignment(Pos.TOP_LEFT);
        setCursor(Cursor.HAND);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(image.label());
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        load(scene.getWindow() == null ? 1 : scene.getWindow().getRenderScaleX());
                    } else if (cancel != null) {
                        cancel.run();
                        cancel = null;
                    }
                });
    }

    /// The whole height, also before the first layout: a text is laid out around it before it has
    /// its size, and would place it above its line.
    @Override
    public double getBaselineOffset() {
        return height + (double) BELOW;
    }

    private void load(double scale) {
        if (shown || cancel != null) {
            return;
        }
        int w = (int) Math.ceil(width * scale);
        int h = (int) Math.ceil(height * scale);
        Image known = loader.find(image.place(), w, h);
        if (known != null) {
            show(known);
        } else {
            cancel = loader.request(image.place(), w, h, this::onOutcome);
        }
    }

    private void onOutcome(Outcome outcome) {
        cancel = null;
        switch (outcome) {
            case Outcome.Decoded(Image decoded) -> show(decoded);
            case Outcome.Failed(String reason) -> fail(reason);
        }
    }

    private void show(Image decoded) {
        shown = true;
        ImageView view = new ImageView(decoded);
        view.setFitWidth(width);
        view.setFitHeight(height);
        view.setSmooth(true);
        if (width > 2 * ROUNDING && height > 2 * ROUNDING) {
            Rectangle corners = new Rectangle(width, height);
            corners.setArcWidth(ROUNDING);
            corners.setArcHeight(ROUNDING);
            view.setClip(corners);
        }
        frame.getChildren().setAll(view);
    }

    private void fail(String reason) {
        shown = true;
        frame.getStyleClass().add("picture-failed");
        setAccessibleText(image.label() + ". " + reason);
        if (width >= ROOM_FOR_TEXT && height >= 40) {
            Label text = Controls.label(reason);
            Controls.wrapping(text);
            text.getStyleClass().add("quiet");
            text.setMaxWidth(width - 16.0);
            text.setMaxHeight(height);
            frame.getChildren().setAll(text);
        }
    }
}
