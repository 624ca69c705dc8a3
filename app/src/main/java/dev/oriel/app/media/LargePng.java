package dev.oriel.app.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Decodes PNG files that have too many pixels for [ImageDecoder], such as a picture of several
/// screens: only some of the rows and columns are kept while it is read. For a background thread;
/// takes a second or a few.
public final class LargePng {
    /// The most pixels that are kept before the image is scaled; 32 MB.
    private static final long MOST_KEPT = 8_000_000;

    private LargePng() {}

    /// Whether a file is such an image.
    public static boolean is(ImageHeader header) {
        long pixels = (long) header.width() * header.height();
        return header.format() == MediaFormat.PNG
                && pixels > ImageDecoder.MAX_PIXELS
                && pixels <= ImageDecoder.MAX_BASELINE_PIXELS;
    }

    /// Decodes an image, scaled down.
    ///
    /// @param header one that [#is] is true for
    /// @param edge the greatest width and height, pixels
    public static Image decode(byte[] png, ImageHeader header, int edge)
            throws UndecodableImageException {
        int step = 1;
        while ((long) header.width() * header.height() / step / step > MOST_KEPT) {
            step++;
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in, true, true);
            ImageReadParam some = reader.getDefaultReadParam();
            some.setSourceSubsampling(
                    Math.min(step, header.width()), Math.min(step, header.height()), 0, 0);
            return ImageScaler.fit(copy(reader.read(0, some)), edge);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw UndecodableImageException.damaged();
        } finally {
            reader.dispose();
        }
    }

    private static Image copy(BufferedImage image) {
        int width = image.getWidth();
        WritableImage copy = new WritableImage(width, image.getHeight());
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            copy.getPixelWriter()
                    .setPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), row, 0, width);
        }
        return copy;
    }
}
