package dev.oriel.agent.api.tool.file;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// An image as the model gets it: of a format that the API takes, and not too large. The format is
/// found in the bytes: the API refuses a whole conversation in which one is called by a wrong name.
///
/// @param base64 the bytes
/// @param type media type of the bytes
/// @param size of the original in pixels; empty if the format cannot be decoded here
/// @param display size of what is shown
record ShownImage(String base64, String type, Dimension size, Dimension display) {
    /// Larger ones are shown smaller: the API does the same.
    private static final int MAX_SIDE = 1_568;

    private static final int MAX_BASE64 = 5 << 20;
    private static final long MAX_PIXELS = 50_000_000;

    /// @throws IOException if the bytes are not an image that can be shown
    static ShownImage of(byte[] bytes) throws IOException {
        ShownImage shown;
        try {
            shown = decode(bytes);
        } catch (RuntimeException e) { // decoders throw them for broken files
            throw new IOException("not an image", e);
        }
        if (shown.base64.length() > MAX_BASE64) {
            throw new IOException("the image is too large");
        }
        return shown;
    }

    private static ShownImage decode(byte[] bytes) throws IOException {
        try (ImageInputStream in =
                ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                requireWebp(bytes);
                return plain(bytes, "image/webp", new Dimension());
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                String type = "image/" + reader.getFormatName().toLowerCase(Locale.ROOT);
                return decode(bytes, reader, type);
            } finally {
                reader.dispose();
            }
        }
    }

    private static ShownImage decode(byte[] bytes, ImageReader reader, String type)
            throws IOException {
        Dimension size = new Dimension(reader.getWidth(0), reader.getHeight(0));
        int longest = Math.max(size.width, size.height);
        boolean isTaken =
                type.equals("image/png") || type.equals("image/jpeg") || type.equals("image/gif");
        if (isTaken && longest <= MAX_SIDE && bytes.length <= MAX_BASE64 / 4 * 3) {
            return plain(bytes, type, size);
        }
        if ((long) size.width * size.height > MAX_PIXELS) {
            throw new IOException("too many pixels");
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        int step = Math.max(1, longest / MAX_SIDE);
        parameters.setSourceSubsampling(step, step, 0, 0);
        BufferedImage small = scaled(reader.read(0, parameters), size);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String format = type.equals("image/jpeg") ? "jpeg" : "png";
        ImageIO.write(small, format, out);
        return new ShownImage(
                Base64.getEncoder().encodeToString(out.toByteArray()),
                "image/" + format,
                size,
                new Dimension(small.getWidth(), small.getHeight()));
    }

    private static ShownImage plain(byte[] bytes, String type, Dimension size) {
        return new ShownImage(Base64.getEncoder().encodeToString(bytes), type, size, size);
    }

    private static void requireWebp(byte[] bytes) throws IOException {
        if (bytes.length < 12 || bytes[0] != 'R' || bytes[8] != 'W') {
            throw new IOException("not an image");
        }
    }

    private static BufferedImage scaled(BufferedImage image, Dimension size) {
        double scale = Math.min(1, (double) MAX_SIDE / Math.max(size.width, size.height));
        int width = Math.max(1, (int) Math.round(size.width * scale));
        int height = Math.max(1, (int) Math.round(size.height * scale));
        BufferedImage result =
                new BufferedImage(
                        width,
                        height,
                        image.getColorModel().hasAlpha()
                                ? BufferedImage.TYPE_INT_ARGB
                                : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return result;
    }
}
