package dev.oriel.app.window;

import dev.oriel.app.settings.WindowState;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// Puts the window back where it was, as long as that place is still on a screen.
public final class WindowPlacement {
    private static final double WIDTH = 1120;
    private static final double HEIGHT = 780;

    private WindowPlacement() {}

    public static void restore(Stage stage, WindowState.@Nullable Bounds place) {
        stage.setMinWidth(640);
        stage.setMinHeight(480);
        if (place == null || !isVisible(place)) {
            Rectangle2D screen = Screen.getPrimary().getVisualBounds();
            stage.setWidth(Math.min(WIDTH, screen.getWidth()));
            stage.setHeight(Math.min(HEIGHT, screen.getHeight()));
            return;
        }
        stage.setX(place.x());
        stage.setY(place.y());
        stage.setWidth(place.width());
        stage.setHeight(place.height());
        stage.setMaximized(place.maximized());
    }

    private static boolean isVisible(WindowState.Bounds p) {
        return !Screen.getScreensForRectangle(p.x() + 40, p.y() + 10, p.width() - 80, 40).isEmpty();
    }

    public static WindowState.Bounds current(Stage stage) {
        return new WindowState.Bounds(
                stage.getX(),
                stage.getY(),
                stage.getWidth(),
                stage.getHeight(),
                stage.isMaximized());
    }
}
