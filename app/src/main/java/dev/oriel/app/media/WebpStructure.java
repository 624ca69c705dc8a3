package dev.oriel.app.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Checks whether a WebP file is complete. JavaFX cannot decode it, and the API refuses a whole
/// prompt because of one damaged image. The format is that of RFC 9649.
public final class WebpStructure {
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    private WebpStructure() {}

    /// Whether all parts are there and one of them is an image.
    public static boolean isComplete(byte[] file) {
        if (MediaFormat.of(file) != MediaFormat.WEBP) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = Integer.toUnsignedLong(in.getInt(4)) + CHUNK_HEADER;
        if (end > file.length) {
            return false;
        }
        boolean image = false;
        long at = RIFF_HEADER;
        while (at + CHUNK_HEADER <= end) {
            long size = Integer.toUnsignedLong(in.getInt((int) at + 4));
            long next = at + CHUNK_HEADER + size;
            if (next > end) {
                return false;
            }
            image |= isImage(in, (int) at, size);
            at = next + (size & 1);
        }
        return image;
    }

    private static boolean isImage(ByteBuffer in, int at, long size) {
        byte[] name = new byte[4];
        in.get(at, name);
        int data = at + CHUNK_HEADER;
        return switch (new String(name, StandardCharsets.ISO_8859_1)) {
            // The start code of a key frame.
            case "VP8 " -> size > 10 && (in.getInt(data + 3) & 0xFFFFFF) == 0x2A019D;
            case "VP8L" -> size > 5 && in.get(data) == 0x2F;
            case "ANMF" -> size > 24;
            default -> false;
        };
    }
}
