package dev.oriel.app.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// An image that is to be sent: photos as JPEG, which has a quarter of the bytes; everything else
/// as PNG, which keeps letters sharp. For a background thread.
///
/// @param format PNG or JPEG
/// @param content a whole file
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ImageEncoding(MediaFormat format, byte[] content) {
    private static final float QUALITY = 0.9f;

    /// A PNG that is not larger is sent without a comparison.
    private static final int SMALL = 1024 * 1024;

    /// @param image complete; no thread is drawing into it
    /// @param photo whether the image was encoded with losses before
    public static ImageEncoding of(Image image, boolean photo) {
        BufferedImage copy = copy(image);
        boolean opaque = copy.getType() == BufferedImage.TYPE_INT_RGB;
        if (photo && opaque) {
            return encode(copy, MediaFormat.JPEG);
        }
        ImageEncoding png = encode(copy, MediaFormat.PNG);
        if (!opaque || png.content.length <= SMALL) {
            return png;
        }
        // Of screenshots PNG is about as small as JPEG.
        ImageEncoding jpeg = encode(copy, MediaFormat.JPEG);
        return jpeg.content.length < png.content.length / 2 ? jpeg : png;
    }

    /// Encodes without loss.
    ///
    /// @param image complete; no thread is drawing into it
    public static ImageEncoding png(Image image) {
        return encode(copy(image), MediaFormat.PNG);
    }

    /// A copy of the pixels, with transparency only if there is any.
    private static BufferedImage copy(Image image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] argb = new int[width * height];
        image.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        BufferedImage copy =
                new BufferedImage(
                        width,
                        height,
                        isOpaque(argb) ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        copy.setRGB(0, 0, width, height, argb, 0, width);
        return copy;
    }

    private static boolean isOpaque(int[] argb) {
        for (int pixel : argb) {
            if (pixel >>> 24 != 0xFF) {
                return false;
            }
        }
        return true;
    }

    private static ImageEncoding encode(BufferedImage image, MediaFormat format) {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(format.mediaType()).next();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        // That of ImageIO would write to a file first.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(content)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            if (format == MediaFormat.JPEG) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionQuality(QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return new ImageEncoding(format, content.toByteArray());
    }
}
