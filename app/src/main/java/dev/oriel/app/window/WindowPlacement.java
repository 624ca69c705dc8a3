package dev.oriel.app.window;

import dev.oriel.app.settings.WindowState;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The position and size of the window on the screen.
public final class WindowPlacement {
    private static final double WIDTH = 1120;
    private static final double HEIGHT = 780;

    private WindowPlacement() {}

    /// Restores the last position and size, if that is still on a screen.
    ///
    /// @param bounds null if the window was never open
    public static void restore(Stage stage, WindowState.@Nullable Bounds bounds) {
        stage.setMinWidth(640);
        stage.setMinHeight(480);
        if (bounds == null || !isVisible(bounds)) {
            Rectangle2D screen = Screen.getPrimary().getVisualBounds();
            stage.setWidth(Math.min(WIDTH, screen.getWidth()));
            stage.setHeight(Math.min(HEIGHT, screen.getHeight()));
            return;
        }
        stage.setX(bounds.x());
        stage.setY(bounds.y());
        stage.setWidth(bounds.width());
        stage.setHeight(bounds.height());
        stage.setMaximized(bounds.maximized());
    }

    private static boolean isVisible(WindowState.Bounds bounds) {
        // The part of the title bar by which the user can move it.
        return !Screen.getScreensForRectangle(
                        bounds.x() + 40, bounds.y() + 10, bounds.width() - 80, 40)
                .isEmpty();
    }

    /// The position and size of the window now.
    public static WindowState.Bounds current(Stage stage) {
        return new WindowState.Bounds(
                stage.getX(),
                stage.getY(),
                stage.getWidth(),
                stage.getHeight(),
                stage.isMaximized());
    }
}
