package dev.oriel.app.theme;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.Group;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.Shape;
import javafx.scene.transform.Transform;

/// The icon of the window, drawn in every size that systems use. The shapes are those of
/// `packaging/icon/oriel.svg`; a test compares them.
public final class WindowIcon {
    private static final int[] SIZES = {16, 24, 32, 48, 64, 128};
    private static final double DRAWING_SIZE = 256;

    private WindowIcon() {}

    /// A shape of the icon.
    ///
    /// @param path in the syntax of SVG
    record Piece(String path, Paint fill, double opacity) {}

    private static final Paint WALL = verticalGradient("#2e3440", "#1d2129");
    private static final Paint LIGHT = verticalGradient("#ffd9a8", "#d97757");
    private static final Paint STONE = Color.web("#eceff4");

    static final List<Piece> PIECES =
            List.of(
                    new Piece("M60 92 L96 72 V184 L60 168 Z", LIGHT, 0.78),
                    new Piece("M104 68 H152 V188 H104 Z", LIGHT, 1),
                    new Piece("M160 72 L196 92 V168 L160 184 Z", LIGHT, 0.78),
                    new Piece(
                            "M52 82 L102 50 H154 L204 82 L196 86 L152 60 H104 L60 86 Z", STONE, 1),
                    new Piece(
                            "M60 176 L104 196 H152 L196 176 L176 202 L140 216 H116 L80 202 Z",
                            STONE,
                            1),
                    new Piece(
                            "M60 124 L96 116 V124 L60 131 Z M104 114 H152 V122 H104 Z"
                                    + " M160 116 L196 124 V131 L160 124 Z",
                            Color.web("#2e3440"),
                            0.55));

    private static Paint verticalGradient(String from, String to) {
        return new LinearGradient(
                0,
                0,
                0,
                1,
                true,
                CycleMethod.NO_CYCLE,
                new Stop(0, Color.web(from)),
                new Stop(1, Color.web(to)));
    }

    /// Draws the icon in every size. Belongs to the JavaFX thread.
    public static List<Image> images() {
        Group icon = new Group(wall());
        for (Piece piece : PIECES) {
            SVGPath path = new SVGPath();
            path.setContent(piece.path());
            path.setFill(piece.fill());
            path.setOpacity(piece.opacity());
            icon.getChildren().add(path);
        }
        List<Image> images = new ArrayList<>();
        for (int size : SIZES) {
            SnapshotParameters parameters = new SnapshotParameters();
            parameters.setFill(Color.TRANSPARENT);
            parameters.setTransform(Transform.scale(size / DRAWING_SIZE, size / DRAWING_SIZE));
            parameters.setViewport(new Rectangle2D(0, 0, size, size));
            images.add(icon.snapshot(parameters, new WritableImage(size, size)));
        }
        return images;
    }

    /// The rounded square behind the shapes.
    static Shape wall() {
        Rectangle wall = new Rectangle(12, 12, 232, 232);
        wall.setArcWidth(104);
        wall.setArcHeight(104);
        wall.setFill(WALL);
        return wall;
    }
}
