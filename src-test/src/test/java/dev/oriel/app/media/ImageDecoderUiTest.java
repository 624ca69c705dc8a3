package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.testing.media.SampleImages;
import java.util.Arrays;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxToolkit;

/// Decoding, with files that are made to break it. It needs JavaFX, and no window.
@Timeout(180)
class ImageDecoderUiTest {
    @BeforeAll
    static void startJavaFx() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static void assertRefused(ThrowingCallable decoding, String reason) {
        assertThatThrownBy(decoding)
                .isInstanceOf(UndecodableImageException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void anImageIsScaledIntoTheBoxWithItsProportions() throws Exception {
        for (byte[] file :
                new byte[][] {
                    SampleImages.png(800, 400),
                    SampleImages.jpeg(800, 400),
                    SampleImages.progressiveJpeg(800, 400),
                    SampleImages.bmp(800, 400)
                }) {
            Image image = ImageDecoder.decode(file, 200, 200);
            assertThat(image.getWidth()).isEqualTo(200);
            assertThat(image.getHeight()).isEqualTo(100);
            Color corner = image.getPixelReader().getColor(2, 2);
            assertThat(corner.getGreen()).isBetween(0.35, 0.5);
        }
    }

    @Test
    void aSmallImageKeepsItsSize() throws Exception {
        Image image = ImageDecoder.decode(SampleImages.png(16, 9), 200, 200);
        assertThat(image.getWidth()).isEqualTo(16);
        assertThat(image.getHeight()).isEqualTo(9);
    }

    @Test
    void anExtremelyNarrowImageKeepsOnePixel() throws Exception {
        Image image = ImageDecoder.decode(SampleImages.png(4_000, 1), 100, 100);
        assertThat(image.getWidth()).isEqualTo(100);
        assertThat(image.getHeight()).isEqualTo(1);
    }

    @Test
    void aPngBombIsRefusedBeforeItIsDecoded() {
        byte[] bomb = SampleImages.pngBomb(30_000, 30_000);
        assertThat(bomb.length).isLessThan(1_000_000);
        assertRefused(() -> ImageDecoder.decode(bomb, 300, 300), "too large");
    }

    @Test
    void onlyTheFirstImageOfAnAnimationIsDecoded() throws Exception {
        byte[] long10 = SampleImages.gif(60, 60, 10_000);
        Image image = ImageDecoder.decode(long10, 300, 300);
        assertThat(image.getWidth()).isEqualTo(60);
        assertThat(image.getPixelReader().getColor(5, 5).getBlue()).isCloseTo(30 / 255.0, within());
    }

    private static Offset<Double> within() {
        return Offset.offset(0.02);
    }

    @Test
    void aGifWhoseImageOrScreenIsHugeIsRefused() {
        assertRefused(
                () -> ImageDecoder.decode(SampleImages.gif(60_000, 10, 1), 300, 300), "too large");
        assertRefused(
                () -> ImageDecoder.decode(SampleImages.gif(10, 60_000, 1), 300, 300), "too large");
    }

    @Test
    void truncatedFilesAreRefusedOrPartlyShownAndNeverHang() {
        for (byte[] whole :
                new byte[][] {
                    SampleImages.png(300, 200),
                    SampleImages.jpeg(300, 200),
                    SampleImages.gif(60, 60, 3),
                    SampleImages.bmp(300, 200)
                }) {
            for (int cut : new int[] {1, 13, 40, whole.length / 2, whole.length - 3}) {
                byte[] part = Arrays.copyOf(whole, cut);
                try {
                    assertThat(ImageDecoder.decode(part, 100, 100).getWidth()).isPositive();
                } catch (UndecodableImageException e) {
                    assertThat(e.getMessage()).endsWith(".");
                }
            }
        }
    }

    @Test
    void formatsThatJavaFxCannotDecodeAreRefusedWithTheirName() {
        assertRefused(() -> ImageDecoder.decode(SampleImages.webp(30, 30), 9, 9), "WEBP");
        assertRefused(() -> ImageDecoder.decode(SampleImages.startingWith("<svg>"), 9, 9), "SVG");
        assertRefused(() -> ImageDecoder.decode(new byte[0], 9, 9), "cannot be shown");
    }

    @Test
    void aWrongTypeIsOfNoConsequence() throws Exception {
        // The bytes decide, whatever the sender calls them.
        assertThat(ImageDecoder.decode(SampleImages.jpeg(30, 30), 99, 99).getWidth()).isEqualTo(30);
    }

    @Test
    void aJpegWithThousandsOfScansIsRefused() {
        byte[] progressive = SampleImages.progressiveJpeg(64, 64);
        byte[] many = Arrays.copyOf(progressive, progressive.length + 4_000);
        for (int i = progressive.length; i < many.length; i += 2) {
            many[i] = (byte) 0xFF;
            many[i + 1] = (byte) 0xDA;
        }
        assertRefused(() -> ImageDecoder.decode(many, 9, 9), "too complex");
    }

    @Test
    void aLargeJpegIsDecodedWithoutItsPixelsInMemory() throws Exception {
        byte[] large = SampleImages.jpeg(7_000, 5_000);
        System.gc();
        Image image = ImageDecoder.decode(large, 320, 320);
        assertThat(image.getWidth()).isEqualTo(320);
    }

    @Test
    void encodedImagesAreDecodedToTheSamePixels() throws Exception {
        WritableImage image = new WritableImage(37, 21);
        for (int y = 0; y < 21; y++) {
            for (int x = 0; x < 37; x++) {
                int color = 0xFF000000 | ((x * 7) << 16) | ((y * 11) << 8) | (x * y);
                image.getPixelWriter().setArgb(x, y, color);
            }
        }
        assertSame(image);
        image.getPixelWriter().setArgb(3, 4, 0x80FF0000);
        image.getPixelWriter().setArgb(4, 4, 0);
        assertSame(image);
    }

    private static void assertSame(WritableImage image) throws Exception {
        Image again = ImageDecoder.decode(ImageEncoding.png(image).content(), 100, 100);
        assertThat(again.getWidth()).isEqualTo(37);
        for (int y = 0; y < 21; y++) {
            for (int x = 0; x < 37; x++) {
                assertThat(again.getPixelReader().getArgb(x, y))
                        .isEqualTo(image.getPixelReader().getArgb(x, y));
            }
        }
    }
}
