package dev.oriel.app.media;

import dev.oriel.app.conversation.item.MediaPlace;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;

/// The images that were used last, up to [#MAX_BYTES] of pixels. Those on the screen are kept by
/// their nodes. Belongs to the JavaFX thread.
final class ImageCache {
    /// Bytes of all cached images, four for each pixel.
    static final long MAX_BYTES = 12L * 1024 * 1024;

    private final SequencedMap<Key, Image> images = new LinkedHashMap<>();
    private long bytes;

    /// @param width the greatest width for which it was decoded, pixels
    /// @param height the greatest height for which it was decoded, pixels
    record Key(MediaPlace place, int width, int height) {}

    @Nullable Image find(Key key) {
        Image image = images.remove(key);
        if (image != null) {
            images.putLast(key, image);
        }
        return image;
    }

    void put(Key key, Image image) {
        Image before = images.remove(key);
        bytes += size(image) - (before == null ? 0 : size(before));
        images.putLast(key, image);
        Iterator<Image> oldest = images.sequencedValues().iterator();
        while (bytes > MAX_BYTES && oldest.hasNext()) {
            bytes -= size(oldest.next());
            oldest.remove();
        }
    }

    /// Bytes of the pixels of an image.
    static long size(Image image) {
        return 4L * (long) image.getWidth() * (long) image.getHeight();
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        images.clear();
        bytes = 0;
    }
}
