package dev.oriel.app.media.view;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.media.MediaLoader.Outcome;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// An image over the window: as large as fits or pixel by pixel, with buttons for the previous and
/// the next image, to save and to copy.
///
/// Keys: left and right or the page keys go to other images, `1` and `0` choose 100 % and the size
/// that fits. Esc closes it, as it closes every overlay.
final class EnlargedImage extends BorderPane {
    /// Space between this and the edges of the window, pixels.
    private static final double MARGIN = 32;

    private final MediaViewer viewer;
    private final List<Attachment> images;
    private final Label title = Controls.label();
    private final ImageView view = new ImageView();
    private final StackPane stage = new StackPane(view);
    private final ScrollPane scroll = new ScrollPane(stage);
    private final Label failure = Controls.wrapping(Controls.label());
    private final Button previous = button("Previous image", Feather.CHEVRON_LEFT);
    private final Button next = button("Next image", Feather.CHEVRON_RIGHT);
    private final Button zoom = Controls.button("100 %");
    private int current;
    private boolean whole = true;
    private @Nullable Runnable cancel;

    /// @param images all images, in their order; `first` need not be among them
    EnlargedImage(MediaViewer viewer, List<Attachment> images, Attachment first, Runnable close) {
        this.viewer = viewer;
        int index = images.stream().map(Attachment::place).toList().indexOf(first.place());
        this.images = index >= 0 ? images : List.of(first);
        this.current = Math.max(0, index);
        setId("enlarged-image");
        getStyleClass().addAll("card", "enlarged-image");
        setAccessibleText("Image");
        view.setPreserveRatio(true);
        view.setSmooth(true);
        scroll.setPannable(true);
        scroll.setId("enlarged-image-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.getStyleClass().add("enlarged-image-scroll");
        failure.getStyleClass().add("quiet");
        failure.setAlignment(Pos.CENTER);
        setTop(bar(close));
        setCenter(new StackPane(scroll, failure));
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKeyPressed);
        scroll.viewportBoundsProperty().subscribe(_ -> fit());
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        prefWidthProperty().bind(scene.widthProperty().subtract(MARGIN));
                        prefHeightProperty().bind(scene.heightProperty().subtract(MARGIN));
                        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
                        show(current);
                    } else if (cancel != null) {
                        cancel.run();
                    }
                });
    }

    private HBox bar(Runnable close) {
        title.getStyleClass().add("card-title");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        previous.setId("previous-image");
        next.setId("next-image");
        previous.setOnAction(_ -> show(current - 1));
        next.setOnAction(_ -> show(current + 1));
        zoom.setId("zoom-image");
        zoom.setMinWidth(USE_PREF_SIZE);
        zoom.setOnAction(_ -> setWhole(!whole));
        Button copy = button("Copy image", Feather.COPY);
        copy.setOnAction(_ -> viewer.copyImage(images.get(current)));
        Button save = button("Save as…", Feather.DOWNLOAD);
        save.setId("save-image");
        save.setOnAction(_ -> viewer.save(images.get(current), getScene().getWindow()));
        Button end = button("Close", Feather.X);
        end.setId("close-image");
        end.setOnAction(_ -> close.run());
        HBox bar = new HBox(4, title, previous, next, zoom, copy, save, end);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("enlarged-image-bar");
        return bar;
    }

    private static Button button(String name, Feather icon) {
        Button button = Controls.button(null, new FontIcon(icon));
        button.setAccessibleText(name);
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().add("ghost");
        return button;
    }

    private void show(int index) {
        if (index < 0 || index >= images.size()) {
            return;
        }
        current = index;
        Attachment image = images.get(index);
        String place = images.size() == 1 ? "" : (index + 1) + " of " + images.size() + "  ·  ";
        Controls.setText(title, place + image.label());
        setAccessibleText(image.label());
        view.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        view.setAccessibleText(image.label());
        previous.setDisable(index == 0);
        next.setDisable(index == images.size() - 1);
        view.setImage(null);
        Controls.setText(failure, "");
        if (cancel != null) {
            cancel.run();
        }
        cancel =
                viewer.loader()
                        .request(
                                image.place(),
                                MediaViewer.MAX_EDGE,
                                MediaViewer.MAX_EDGE,
                                this::onOutcome);
    }

    private void onOutcome(Outcome outcome) {
        cancel = null;
        switch (outcome) {
            case Outcome.Decoded(Image image) -> {
                view.setImage(image);
                fit();
            }
            case Outcome.Failed(String reason) -> Controls.setText(failure, reason);
        }
    }

    private void setWhole(boolean fits) {
        whole = fits;
        Controls.setText(zoom, fits ? "100 %" : "Fit");
        fit();
    }

    private void fit() {
        Image image = view.getImage();
        if (image == null) {
            return;
        }
        double width = scroll.getViewportBounds().getWidth();
        double height = scroll.getViewportBounds().getHeight();
        double natural = images.get(current).width();
        double scale = Math.min(width / image.getWidth(), height / image.getHeight());
        double most = whole ? Math.min(natural, image.getWidth() * scale) : natural;
        view.setFitWidth(Math.max(1, most));
        // The image at 100 % can be larger than the window, and is then scrolled.
        stage.setMinSize(
                whole ? 0 : view.getBoundsInLocal().getWidth(),
                whole ? 0 : view.getBoundsInLocal().getHeight());
    }

    private void onKeyPressed(KeyEvent e) {
        boolean handled = true;
        switch (e.getCode()) {
            case PAGE_UP -> show(current - 1);
            case PAGE_DOWN -> show(current + 1);
            case LEFT -> handled = whole && step(-1);
            case RIGHT -> handled = whole && step(1);
            case DIGIT1, NUMPAD1 -> setWhole(false);
            case DIGIT0, NUMPAD0 -> setWhole(true);
            default -> handled = false;
        }
        if (handled) {
            e.consume();
        }
    }

    private boolean step(int by) {
        show(current + by);
        return true;
    }
}
