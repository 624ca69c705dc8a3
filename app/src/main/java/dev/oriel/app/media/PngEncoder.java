package dev.oriel.app.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;

/// Encodes images as PNG, with 8 bits a channel and with transparency only if there is any. JavaFX
/// has no encoder, and that of AWT would load AWT.
public final class PngEncoder {
    /// Photos are a third larger without it, and pictures of text as small.
    private static final int PAETH = 4;

    private PngEncoder() {}

    /// @param image complete; any thread that is not drawing into it
    /// @return a whole file
    public static byte[] encode(Image image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        PixelReader pixels = image.getPixelReader();
        boolean opaque = isOpaque(pixels, width, height);
        int channels = opaque ? 3 : 4;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put((byte) (opaque ? 2 : 6));
        chunk(out, "IHDR", header.array(), 13);
        Deflater deflater = new Deflater(6);
        try {
            byte[] packed = new byte[64 * 1024];
            byte[] above = new byte[width * channels];
            byte[] row = new byte[width * channels];
            byte[] filtered = new byte[1 + width * channels];
            int[] argb = new int[width];
            for (int y = 0; y < height; y++) {
                pixels.getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), argb, 0, width);
                unpack(argb, row, channels);
                filter(row, above, filtered, channels);
                deflater.setInput(filtered);
                byte[] next = above;
                above = row;
                row = next;
                if (y == height - 1) {
                    deflater.finish();
                }
                int n = deflater.deflate(packed);
                while (n > 0) {
                    chunk(out, "IDAT", packed, n);
                    n = deflater.deflate(packed);
                }
            }
        } finally {
            deflater.end();
        }
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    /// Whether no pixel is transparent.
    static boolean isOpaque(Image image) {
        return isOpaque(image.getPixelReader(), (int) image.getWidth(), (int) image.getHeight());
    }

    private static boolean isOpaque(PixelReader pixels, int width, int height) {
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            pixels.getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), row, 0, width);
            for (int argb : row) {
                if (argb >>> 24 != 0xFF) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void unpack(int[] argb, byte[] row, int channels) {
        int at = 0;
        for (int pixel : argb) {
            row[at++] = (byte) (pixel >> 16);
            row[at++] = (byte) (pixel >> 8);
            row[at++] = (byte) pixel;
            if (channels == 4) {
                row[at++] = (byte) (pixel >>> 24);
            }
        }
    }

    private static void filter(byte[] row, byte[] above, byte[] out, int channels) {
        out[0] = PAETH;
        for (int i = 0; i < row.length; i++) {
            int left = i < channels ? 0 : row[i - channels] & 0xFF;
            int up = above[i] & 0xFF;
            int corner = i < channels ? 0 : above[i - channels] & 0xFF;
            out[i + 1] = (byte) (row[i] - nearest(left, up, corner));
        }
    }

    private static int nearest(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.write(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
