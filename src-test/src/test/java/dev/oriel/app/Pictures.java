package dev.oriel.app;

import dev.oriel.app.composer.Turn;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Makes README's pictures: the real window with the demo agent. `packaging/README.md` has the
/// command.
public final class Pictures {
    private final Path out;
    private final Path garden;

    private Pictures(Path out, Path garden) {
        this.out = out;
        this.garden = garden;
    }

    /// @param args the folder to write to
    public static void main(String[] args) throws Exception {
        // No screen is needed, and none may show through.
        System.setProperty("glass.platform", "Headless");
        System.setProperty("java.awt.headless", "true");
        FxToolkit.registerPrimaryStage();
        Path garden = Path.of(System.getProperty("java.io.tmpdir"), "garden");
        var pictures = new Pictures(Path.of(args[0]), Files.createDirectories(garden));
        Files.createDirectories(pictures.out);
        for (String theme : new String[] {"light", "dark"}) {
            pictures.take("window-" + theme, theme, 1280, 860, "tools", "ask-allow");
            pictures.take("answer-" + theme, theme, 1000, 700, "hello", "");
            pictures.take("begin-" + theme, theme, 1000, 700, "", "");
        }
        System.exit(0);
    }

    /// @param prompt what the person says; empty for the first screen
    /// @param until node that must show, or empty for the turn's end
    private void take(String name, String theme, int width, int height, String prompt, String until)
            throws Exception {
        Path folder = Files.createTempDirectory("oriel-pictures");
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                "{\"theme\":\"%s\",\"default_folder\":\"%s\"}".formatted(theme, garden));
        var paths = new AppPaths(folder.resolve("data"), config, folder.resolve("state"));
        Wiring wiring = on(() -> new Wiring(paths, new LaunchOptions(0, "demo")));
        Stage stage =
                on(() -> {
                    var s = new Stage();
                    wiring.open(s);
                    s.setWidth(width);
                    s.setHeight(height);
                    return s;
                });
        await(() -> ((Button) stage.getScene().lookup("#link-state")).getText().equals("Live"));
        if (!prompt.isEmpty()) {
            on(() -> {
                ((TextArea) stage.getScene().lookup("#composer")).setText(prompt);
                ((Button) stage.getScene().lookup("#send")).fire();
                return null;
            });
            await(() -> wiring.composer().turn().get() instanceof Turn.Running);
            await(() ->
                    until.isEmpty()
                            ? wiring.composer().turn().get() instanceof Turn.Quiet
                            : wiring.asks().armed().get());
        }
        WaitForAsyncUtils.waitForFxEvents();
        write(on(() -> stage.getScene().snapshot(null)), name);
        on(() -> {
            stage.close();
            wiring.close();
            return null;
        });
    }

    private static <T> T on(Callable<T> work) throws Exception {
        return WaitForAsyncUtils.asyncFx(work).get(30, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier so) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> on(so::getAsBoolean));
    }

    private void write(WritableImage image, String name) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        File file = out.resolve(name + ".png").toFile();
        ImageIO.write(picture, "png", file);
        System.out.println(file);
    }
}
