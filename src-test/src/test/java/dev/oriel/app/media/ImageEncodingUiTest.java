package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.media.SampleImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Random;
import javafx.scene.image.Image;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxToolkit;

/// What images become before they are sent. It needs JavaFX, and no window.
@Timeout(180)
class ImageEncodingUiTest {
    @BeforeAll
    static void startJavaFx() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static Image photo(int width, int height, int noise) {
        Random random = new Random(1);
        WritableImage image = new WritableImage(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int wave = (int) (128 + 60 * Math.sin(x / 40.0) + 50 * Math.cos(y / 31.0));
                int v = Math.clamp(wave + random.nextInt(2 * noise + 1) - noise, 0, 255);
                image.getPixelWriter()
                        .setArgb(x, y, 0xFF000000 | (v << 16) | ((v * 3 / 4) << 8) | (255 - v));
            }
        }
        return image;
    }

    private static double meanError(PixelReader a, BufferedImage b) {
        long sum = 0;
        for (int y = 0; y < b.getHeight(); y++) {
            for (int x = 0; x < b.getWidth(); x++) {
                int p = a.getArgb(x, y);
                int q = b.getRGB(x, y);
                for (int shift = 0; shift <= 16; shift += 8) {
                    sum += Math.abs((p >> shift & 0xFF) - (q >> shift & 0xFF));
                }
            }
        }
        return sum / 3.0 / b.getWidth() / b.getHeight();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "7,9", "8,8", "17,3", "320,200", "1001,13"})
    void aJpegShowsTheSamePicture(int width, int height) throws Exception {
        Image image = photo(width, height, 4);
        byte[] jpeg = ImageEncoding.of(image, true).content();
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(decoded.getWidth()).isEqualTo(width);
        assertThat(decoded.getHeight()).isEqualTo(height);
        assertThat(meanError(image.getPixelReader(), decoded)).isLessThan(4);
        Image own = ImageDecoder.decode(jpeg, width, height);
        assertThat(own.getWidth()).isEqualTo(width);
    }

    @Test
    void aPngHasTheSamePixels() throws Exception {
        WritableImage image = new WritableImage(64, 3);
        int[] colours = {0xFFFFFFFF, 0x00000000, 0x80FF0000, 0x0100FF00, 0xFE0000FF, 0xFF000000};
        for (int x = 0; x < 64; x++) {
            image.getPixelWriter().setArgb(x, x % 3, colours[x % colours.length]);
        }
        BufferedImage decoded =
                ImageIO.read(new ByteArrayInputStream(ImageEncoding.png(image).content()));
        for (int x = 0; x < 64; x++) {
            assertThat(decoded.getRGB(x, x % 3))
                    .isEqualTo(image.getPixelReader().getArgb(x, x % 3));
        }
    }

    @Test
    void aPhotoBecomesAJpegAndAScreenshotStaysAPng() {
        Image noisy = photo(1_500, 900, 16);
        ImageEncoding photo = ImageEncoding.of(noisy, true);
        assertThat(photo.format()).isEqualTo(MediaFormat.JPEG);
        assertThat(photo.content().length)
                .isLessThan(ImageEncoding.png(noisy).content().length / 2);
        assertThat(ImageEncoding.of(noisy, false).format()).isEqualTo(MediaFormat.JPEG);
        Image flat = new Image(new ByteArrayInputStream(SampleImages.png(1_000, 700)));
        assertThat(ImageEncoding.of(flat, false).format()).isEqualTo(MediaFormat.PNG);
    }

    @Test
    void aTransparentImageStaysAPng() {
        WritableImage image = new WritableImage(20, 20);
        image.getPixelWriter().setArgb(1, 1, 0x80FF0000);
        assertThat(ImageEncoding.of(image, true).format()).isEqualTo(MediaFormat.PNG);
    }
}
