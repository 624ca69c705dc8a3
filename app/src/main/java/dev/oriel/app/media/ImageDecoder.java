package dev.oriel.app.media;

import dev.oriel.app.conversation.item.Attachment;
import java.io.ByteArrayInputStream;
import javafx.scene.image.Image;

/// Decodes images within bounds on memory and time. Not for the JavaFX thread: a large image takes
/// a second.
public final class ImageDecoder {
    /// The most pixels of an image that is decoded whole before it is scaled; 64 MB.
    static final long MAX_PIXELS = 16_000_000;

    /// The most pixels of a JPEG that is scaled while it is decoded.
    static final long MAX_BASELINE_PIXELS = 100_000_000;

    /// The most scans of a JPEG. Each scan can cost as much time as decoding the image once.
    private static final int MAX_SCANS = 100;

    private ImageDecoder() {}

    /// Whether an image of this format and size is decoded at all, as far as the header tells.
    public static boolean canDecode(Attachment image) {
        return image.kind() == Attachment.Kind.IMAGE
                && image.hasContent()
                && image.width() > 0
                && MediaFormat.ofType(image.mediaType()).isDecodable()
                && (long) image.width() * image.height()
                        <= (image.mediaType().equals("image/jpeg")
                                ? MAX_BASELINE_PIXELS
                                : MAX_PIXELS);
    }

    /// Decodes an image, scaled down to fit into a box. An image that is smaller keeps its size.
    ///
    /// @param bytes a whole file; an animation gives its first image
    /// @param maxWidth pixels
    /// @param maxHeight pixels
    public static Image decode(byte[] bytes, int maxWidth, int maxHeight)
            throws UndecodableImageException {
        ImageHeader header = check(bytes);
        byte[] content = bytes;
        if (header.format() == MediaFormat.GIF) {
            GifFrames frames = GifFrames.of(bytes);
            if (frames.first().length == 0) {
                throw UndecodableImageException.damaged();
            }
            requireAtMost(MAX_PIXELS, frames.width(), frames.height());
            content = frames.first();
        }
        double scale =
                Math.min(
                        1,
                        Math.min(
                                (double) maxWidth / header.width(),
                                (double) maxHeight / header.height()));
        int width = Math.max(1, (int) Math.round(header.width() * scale));
        int height = Math.max(1, (int) Math.round(header.height() * scale));
        Image image = new Image(new ByteArrayInputStream(content), width, height, false, true);
        if (image.isError() || image.getWidth() < 1 || image.getHeight() < 1) {
            throw UndecodableImageException.damaged();
        }
        return image;
    }

    private static ImageHeader check(byte[] bytes) throws UndecodableImageException {
        ImageHeader header = ImageHeader.read(bytes);
        if (!header.format().isDecodable()) {
            throw new UndecodableImageException(
                    "Images of the format " + header.format() + " cannot be shown here.");
        }
        if (header.width() == 0) {
            throw UndecodableImageException.damaged();
        }
        boolean scaledWhileDecoded = header.format() == MediaFormat.JPEG && !header.progressive();
        requireAtMost(
                scaledWhileDecoded ? MAX_BASELINE_PIXELS : MAX_PIXELS,
                header.width(),
                header.height());
        if (header.progressive() && scans(bytes) > MAX_SCANS) {
            throw new UndecodableImageException("The image is too complex to be shown here.");
        }
        return header;
    }

    private static void requireAtMost(long pixels, int width, int height)
            throws UndecodableImageException {
        if ((long) width * height > pixels) {
            throw new UndecodableImageException(
                    "The image is too large to be shown here: %,d × %,d pixels."
                            .formatted(width, height));
        }
    }

    private static int scans(byte[] jpeg) {
        int scans = 0;
        for (int i = 1; i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xDA && jpeg[i - 1] == (byte) 0xFF) {
                scans++;
            }
        }
        return scans;
    }
}
