package dev.oriel.app.media;

import java.util.Arrays;

/// The first image of a GIF. Only it is decoded: JavaFX would decode all images of an animation at
/// once, and a small file can contain thousands of large ones.
///
/// @param first a GIF with the first image alone
/// @param width of the largest of image and screen, pixels
/// @param height of the largest of image and screen, pixels
/// @param animated whether there are more images
record GifFrames(byte[] first, int width, int height, boolean animated) {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;

    /// @return with an empty [#first()] if there is no image
    static GifFrames of(byte[] gif) {
        if (gif.length < 13) {
            return new GifFrames(new byte[0], 0, 0, false);
        }
        int width = word(gif, 6);
        int height = word(gif, 8);
        int at = 13 + table(gif[10]);
        while (at < gif.length) {
            switch (gif[at] & 0xFF) {
                case EXTENSION -> at = skipBlocks(gif, at + 2);
                case IMAGE -> {
                    if (at + 10 > gif.length) {
                        return new GifFrames(new byte[0], width, height, false);
                    }
                    int end = Math.min(gif.length, skipBlocks(gif, at + 11 + table(gif[at + 9])));
                    byte[] first = Arrays.copyOf(gif, end + 1);
                    first[end] = TRAILER;
                    return new GifFrames(
                            first,
                            Math.max(width, word(gif, at + 1) + word(gif, at + 5)),
                            Math.max(height, word(gif, at + 3) + word(gif, at + 7)),
                            end < gif.length && (gif[end] & 0xFF) != TRAILER);
                }
                default -> {
                    return new GifFrames(new byte[0], width, height, false);
                }
            }
        }
        return new GifFrames(new byte[0], width, height, false);
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
    }

    /// Bytes of a table of colours.
    private static int table(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static int skipBlocks(byte[] gif, int from) {
        int at = from;
        while (at < gif.length && gif[at] != 0) {
            at += 1 + (gif[at] & 0xFF);
        }
        return at + 1;
    }
}
