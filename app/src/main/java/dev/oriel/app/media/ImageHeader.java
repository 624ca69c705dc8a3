package dev.oriel.app.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What the first bytes of an image say about it, before anything is decoded.
///
/// @param width pixels; 0 if unknown
/// @param height pixels; 0 if unknown
/// @param progressive whether it is a JPEG that needs memory for all of its pixels at once
public record ImageHeader(MediaFormat format, int width, int height, boolean progressive) {
    private static final int MAX_JPEG_SEGMENTS = 1_000;

    /// Reads a header. Bytes that are missing or contradict each other give a size of 0.
    ///
    /// @param head the first bytes of the file; in a JPEG the size can be at any place
    public static ImageHeader read(byte[] head) {
        MediaFormat format = MediaFormat.of(head);
        ByteBuffer in = ByteBuffer.wrap(head);
        return switch (format) {
            case PNG -> sized(format, at(in, 16), at(in, 20));
            case JPEG -> jpeg(in);
            case GIF -> gif(in.order(ByteOrder.LITTLE_ENDIAN));
            case WEBP -> webp(in.order(ByteOrder.LITTLE_ENDIAN));
            case BMP -> {
                ByteBuffer le = in.order(ByteOrder.LITTLE_ENDIAN);
                int height = at(le, 22);
                // A negative height means that the rows are stored from the top.
                yield sized(format, at(le, 18), height == Integer.MIN_VALUE ? 0 : Math.abs(height));
            }
            case AVIF, HEIC, TIFF, SVG, PDF, TEXT, OTHER -> sized(format, 0, 0);
        };
    }

    private static ImageHeader sized(MediaFormat format, int width, int height) {
        boolean known = width > 0 && height > 0;
        return new ImageHeader(format, known ? width : 0, known ? height : 0, false);
    }

    private static int at(ByteBuffer in, int offset) {
        return in.limit() >= offset + 4 ? in.getInt(offset) : 0;
    }

    private static int shortAt(ByteBuffer in, int offset) {
        return in.limit() >= offset + 2 ? in.getShort(offset) & 0xFFFF : 0;
    }

    private static int threeBytesAt(ByteBuffer in, int offset) {
        return shortAt(in, offset) | (in.get(offset + 2) & 0xFF) << 16;
    }

    private static ImageHeader jpeg(ByteBuffer in) {
        int at = 2;
        for (int i = 0; i < MAX_JPEG_SEGMENTS && at + 4 <= in.limit(); i++) {
            if (in.get(at) != (byte) 0xFF) {
                break;
            }
            int marker = in.get(at + 1) & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            boolean frame =
                    marker >= 0xC0
                            && marker <= 0xCF
                            && marker != 0xC4
                            && marker != 0xC8
                            && marker != 0xCC;
            if (frame) {
                int height = shortAt(in, at + 5);
                int width = shortAt(in, at + 7);
                boolean known = width > 0 && height > 0;
                return new ImageHeader(
                        MediaFormat.JPEG,
                        known ? width : 0,
                        known ? height : 0,
                        marker != 0xC0 && marker != 0xC1);
            }
            if (marker == 0xD9 || marker == 0xDA) {
                break;
            }
            at += 2 + Math.max(2, shortAt(in, at + 2));
        }
        return sized(MediaFormat.JPEG, 0, 0);
    }

    private static ImageHeader gif(ByteBuffer in) {
        return sized(MediaFormat.GIF, shortAt(in, 6), shortAt(in, 8));
    }

    private static ImageHeader webp(ByteBuffer in) {
        if (in.limit() < 30) {
            return sized(MediaFormat.WEBP, 0, 0);
        }
        byte[] name = new byte[4];
        in.get(12, name);
        String chunk = new String(name, StandardCharsets.ISO_8859_1);
        return switch (chunk) {
            case "VP8 " ->
                    sized(MediaFormat.WEBP, shortAt(in, 26) & 0x3FFF, shortAt(in, 28) & 0x3FFF);
            case "VP8L" -> {
                int bits = at(in, 21);
                yield sized(MediaFormat.WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
            }
            case "VP8X" ->
                    sized(MediaFormat.WEBP, threeBytesAt(in, 24) + 1, threeBytesAt(in, 27) + 1);
            default -> sized(MediaFormat.WEBP, 0, 0);
        };
    }

    /// Number of pixels.
    public long pixels() {
        return (long) width * height;
    }
}
