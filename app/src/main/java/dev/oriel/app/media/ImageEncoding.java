package dev.oriel.app.media;

import javafx.scene.image.Image;

/// Encodes an image that is to be sent: photos as JPEG, which has a quarter of the bytes;
/// everything else as PNG, which keeps letters sharp. For a background thread.
///
/// @param format PNG or JPEG
/// @param content a whole file
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ImageEncoding(MediaFormat format, byte[] content) {
    private static final int QUALITY = 90;

    /// A PNG that is not larger is sent without a comparison.
    private static final int SMALL = 1024 * 1024;

    /// @param photo whether the image was encoded with losses before
    public static ImageEncoding of(Image image, boolean photo) {
        boolean opaque = PngEncoder.isOpaque(image);
        if (photo && opaque) {
            return jpeg(image);
        }
        ImageEncoding png = new ImageEncoding(MediaFormat.PNG, PngEncoder.encode(image));
        if (!opaque || png.content.length <= SMALL) {
            return png;
        }
        // Of screenshots PNG is about as small as JPEG.
        ImageEncoding jpeg = jpeg(image);
        return jpeg.content.length < png.content.length / 2 ? jpeg : png;
    }

    private static ImageEncoding jpeg(Image image) {
        return new ImageEncoding(MediaFormat.JPEG, JpegEncoder.encode(image, QUALITY));
    }
}
