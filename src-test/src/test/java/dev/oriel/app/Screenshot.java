package dev.oriel.app;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/// Writes a screenshot of a window to a file.
public final class Screenshot {
    private Screenshot() {}

    /// Lets JavaFX run without a screen; call it before JavaFX starts.
    public static void useHeadlessToolkit() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("java.awt.headless", "true");
    }

    public static void write(Scene scene, Path file) throws IOException {
        WaitForAsyncUtils.waitForFxEvents();
        WritableImage image = TestWindow.on(() -> scene.snapshot(null));
        write(draw(image, BufferedImage.TYPE_INT_RGB), file);
    }

    /// Writes a window together with its menus and tooltips.
    public static void writeWithPopups(Stage stage, Path file) throws IOException {
        WaitForAsyncUtils.waitForFxEvents();
        write(TestWindow.on(() -> withPopups(stage)), file);
    }

    private static BufferedImage withPopups(Stage stage) {
        BufferedImage picture = draw(stage.getScene().snapshot(null), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        for (Window popup : Window.getWindows()) {
            if (popup instanceof PopupWindow && popup.isShowing()) {
                SnapshotParameters transparent = new SnapshotParameters();
                transparent.setFill(Color.TRANSPARENT);
                WritableImage image = popup.getScene().getRoot().snapshot(transparent, null);
                int x = (int) Math.round(popup.getX() - stage.getX() - stage.getScene().getX());
                int y = (int) Math.round(popup.getY() - stage.getY() - stage.getScene().getY());
                g.drawImage(draw(image, BufferedImage.TYPE_INT_ARGB), x, y, null);
            }
        }
        g.dispose();
        return picture;
    }

    private static BufferedImage draw(WritableImage image, int type) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var picture = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        return picture;
    }

    private static void write(BufferedImage picture, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageIO.write(picture, "png", file.toFile());
        System.out.println(file);
    }
}
