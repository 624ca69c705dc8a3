package dev.oriel.app.media;

import java.io.ByteArrayOutputStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;

/// Encodes opaque images as baseline JPEG without subsampling, with the tables of the standard
/// (ITU-T T.81, annex K). A photo has a quarter of the bytes of a PNG. JavaFX has no encoder, and
/// that of AWT takes 16 MB of memory.
public final class JpegEncoder {
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27,
        20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
        58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
    };
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69,
        56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81,
        104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final int[] CHROMINANCE = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99,
        99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
    };

    /// `COSINES[u][x]`: the basis of the transform, with its norm.
    private static final float[][] COSINES = cosines();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final float[] block = new float[64];
    private final float[] rows = new float[64];
    private final int[] quantized = new int[64];
    private int bits;
    private int bitCount;

    private JpegEncoder() {}

    /// @param image complete and opaque; any thread that is not drawing into it
    /// @param quality 1 to 100
    /// @return a whole file
    public static byte[] encode(Image image, int quality) {
        return new JpegEncoder().write(image, quality);
    }

    private static float[][] cosines() {
        float[][] basis = new float[8][8];
        for (int u = 0; u < 8; u++) {
            for (int x = 0; x < 8; x++) {
                double norm = u == 0 ? Math.sqrt(1.0 / 8) : 0.5;
                basis[u][x] = (float) (norm * Math.cos((2 * x + 1) * u * Math.PI / 16));
            }
        }
        return basis;
    }

    private byte[] write(Image image, int quality) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] luminance = scaled(LUMINANCE, quality);
        int[] chrominance = scaled(CHROMINANCE, quality);
        header(width, height, luminance, chrominance);
        PixelReader pixels = image.getPixelReader();
        int padded = (width + 7) / 8 * 8;
        int[] argb = new int[padded * 8];
        int[] before = new int[3];
        for (int y = 0; y < height; y += 8) {
            read(pixels, argb, padded, width, y, height);
            for (int x = 0; x < padded; x += 8) {
                for (int component = 0; component < 3; component++) {
                    fill(argb, padded, x, component);
                    transform(component == 0 ? luminance : chrominance);
                    before[component] =
                            component == 0
                                    ? encode(before[0], JpegCodes.LUMINANCE)
                                    : encode(before[component], JpegCodes.CHROMINANCE);
                }
            }
        }
        put(0x7F, 7); // the last byte is filled with ones
        marker(0xD9);
        return out.toByteArray();
    }

    private static int[] scaled(int[] table, int quality) {
        int scale = quality < 50 ? 5_000 / quality : 200 - 2 * quality;
        int[] result = new int[64];
        for (int i = 0; i < 64; i++) {
            result[i] = Math.clamp((table[i] * scale + 50) / 100, 1, 255);
        }
        return result;
    }

    private void header(int width, int height, int[] luminance, int[] chrominance) {
        marker(0xD8);
        segment(0xE0, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
        quantization(0, luminance);
        quantization(1, chrominance);
        segment(
                0xC0,
                8,
                height >> 8,
                height & 0xFF,
                width >> 8,
                width & 0xFF,
                3,
                1,
                0x11,
                0,
                2,
                0x11,
                1,
                3,
                0x11,
                1);
        JpegCodes.LUMINANCE.write(this::segment, 0);
        JpegCodes.CHROMINANCE.write(this::segment, 1);
        segment(0xDA, 3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0);
    }

    private void marker(int code) {
        out.write(0xFF);
        out.write(code);
    }

    private void segment(int code, int... content) {
        marker(code);
        out.write((content.length + 2) >> 8);
        out.write(content.length + 2);
        for (int b : content) {
            out.write(b);
        }
    }

    private void quantization(int id, int[] table) {
        int[] content = new int[65];
        content[0] = id;
        for (int i = 0; i < 64; i++) {
            content[i + 1] = table[ZIGZAG[i]];
        }
        segment(0xDB, content);
    }

    /// Reads eight rows; the last column and row are repeated to the end of the blocks.
    private static void read(
            PixelReader pixels, int[] argb, int padded, int width, int from, int height) {
        int count = Math.min(8, height - from);
        pixels.getPixels(0, from, width, count, PixelFormat.getIntArgbInstance(), argb, 0, padded);
        for (int y = 0; y < count; y++) {
            int last = argb[y * padded + width - 1];
            for (int x = width; x < padded; x++) {
                argb[y * padded + x] = last;
            }
        }
        for (int y = count; y < 8; y++) {
            System.arraycopy(argb, (count - 1) * padded, argb, y * padded, padded);
        }
    }

    /// Fills the block with a component: luminance, or a difference to blue or red.
    private void fill(int[] argb, int padded, int left, int component) {
        for (int i = 0; i < 64; i++) {
            int pixel = argb[(i >> 3) * padded + left + (i & 7)];
            int r = pixel >> 16 & 0xFF;
            int g = pixel >> 8 & 0xFF;
            int b = pixel & 0xFF;
            block[i] =
                    switch (component) {
                        case 0 -> 0.299f * r + 0.587f * g + 0.114f * b - 128;
                        case 1 -> -0.168736f * r - 0.331264f * g + 0.5f * b;
                        default -> 0.5f * r - 0.418688f * g - 0.081312f * b;
                    };
        }
    }

    /// Transforms the block, rows first, and divides by the table.
    private void transform(int[] table) {
        for (int y = 0; y < 8; y++) {
            for (int u = 0; u < 8; u++) {
                float sum = 0;
                for (int x = 0; x < 8; x++) {
                    sum += block[y * 8 + x] * COSINES[u][x];
                }
                rows[y * 8 + u] = sum;
            }
        }
        for (int u = 0; u < 8; u++) {
            for (int v = 0; v < 8; v++) {
                float sum = 0;
                for (int y = 0; y < 8; y++) {
                    sum += rows[y * 8 + u] * COSINES[v][y];
                }
                quantized[v * 8 + u] = Math.round(sum / table[v * 8 + u]);
            }
        }
    }

    /// Writes the block.
    ///
    /// @param before the mean of the block before it
    /// @return the mean of this one
    private int encode(int before, JpegCodes codes) {
        int difference = quantized[0] - before;
        put(codes.meanCode(length(difference)));
        number(difference);
        int zeros = 0;
        for (int i = 1; i < 64; i++) {
            int value = quantized[ZIGZAG[i]];
            if (value == 0) {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16) {
                put(codes.valueCode(0xF0));
            }
            put(codes.valueCode(zeros << 4 | length(value)));
            number(value);
            zeros = 0;
        }
        if (zeros > 0) {
            put(codes.valueCode(0));
        }
        return quantized[0];
    }

    /// The number of bits of a value without its sign.
    private static int length(int value) {
        return 32 - Integer.numberOfLeadingZeros(Math.abs(value));
    }

    private void number(int value) {
        int length = length(value);
        put(value < 0 ? value + (1 << length) - 1 : value, length);
    }

    private void put(int code) {
        put(code >>> 8, code & 0xFF);
    }

    private void put(int value, int length) {
        bits = (bits << length) | (value & ((1 << length) - 1));
        bitCount += length;
        while (bitCount >= 8) {
            bitCount -= 8;
            int b = bits >> bitCount & 0xFF;
            out.write(b);
            if (b == 0xFF) {
                out.write(0); // otherwise it would be a marker
            }
        }
        bits &= (1 << bitCount) - 1;
    }
}
