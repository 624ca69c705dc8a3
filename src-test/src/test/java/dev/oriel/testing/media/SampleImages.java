package dev.oriel.testing.media;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/// Image files, some of which are hostile.
public final class SampleImages {
    private SampleImages() {}

    /// A picture with a gradient and a frame.
    public static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setPaint(new GradientPaint(0, 0, new Color(11, 106, 112), width, height, Color.ORANGE));
        g.fillRect(0, 0, width, height);
        g.setPaint(Color.WHITE);
        g.drawRect(width / 8, height / 8, width * 3 / 4, height * 3 / 4);
        g.dispose();
        return image;
    }

    public static byte[] png(int width, int height) {
        return encoded(picture(width, height), "png");
    }

    public static byte[] jpeg(int width, int height) {
        return encoded(picture(width, height), "jpg");
    }

    public static byte[] bmp(int width, int height) {
        return encoded(picture(width, height), "bmp");
    }

    private static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] progressiveJpeg(int width, int height) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture(width, height), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /// A small file that claims to be a large image, and is one: black in gray, one bit a pixel.
    public static byte[] pngBomb(int width, int height) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (DeflaterOutputStream packed = new DeflaterOutputStream(rows)) {
            byte[] row = new byte[1 + (width + 7) / 8];
            for (int y = 0; y < height; y++) {
                packed.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 1).put((byte) 0);
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", rows.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /// An animation of black images.
    ///
    /// @param screen size in both directions, pixels
    /// @param frame size of each image, pixels
    public static byte[] gif(int screen, int frame, int frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
        word(out, screen);
        word(out, screen);
        // A table of two colours.
        out.writeBytes(new byte[] {(byte) 0x80, 0, 0, 10, 20, 30, (byte) 200, (byte) 200, 0});
        byte[] one = gifFrame(frame);
        for (int i = 0; i < frames; i++) {
            out.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, 0, 1, 0, 0, 0});
            out.writeBytes(one);
        }
        out.write(0x3B);
        return out.toByteArray();
    }

    private static byte[] gifFrame(int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x2C);
        word(out, 0);
        word(out, 0);
        word(out, size);
        word(out, size);
        out.write(0);
        // Codes of three bits: clear, then one pixel, and again, so that the table never grows.
        int pixels = Math.min(size * size, 4_000);
        out.write(2);
        ByteArrayOutputStream bits = new ByteArrayOutputStream();
        int held = 0;
        int count = 0;
        for (int i = 0; i <= pixels; i++) {
            for (int code : i == pixels ? new int[] {5} : new int[] {4, 0}) {
                held |= code << count;
                count += 3;
                while (count >= 8) {
                    bits.write(held);
                    held >>>= 8;
                    count -= 8;
                }
            }
        }
        bits.write(held);
        byte[] all = bits.toByteArray();
        for (int at = 0; at < all.length; at += 255) {
            byte[] block = Arrays.copyOfRange(all, at, Math.min(all.length, at + 255));
            out.write(block.length);
            out.writeBytes(block);
        }
        out.write(0);
        return out.toByteArray();
    }

    private static void word(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
    }

    /// The head of a lossless WebP.
    public static byte[] webp(int width, int height) {
        ByteBuffer out = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(52);
        out.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(40).put((byte) 0x2F);
        out.putInt((width - 1) | (height - 1) << 14);
        return out.array();
    }

    /// A file of a type by its first bytes alone.
    public static byte[] startingWith(String head) {
        return Arrays.copyOf(head.getBytes(StandardCharsets.ISO_8859_1), 200);
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// The API's content block of an image.
    public static String block(String mediaType, byte[] bytes) {
        return """
        {"type":"image","source":{"type":"base64","media_type":"%s","data":"%s"}}\
        """
                .formatted(mediaType, base64(bytes));
    }
}
