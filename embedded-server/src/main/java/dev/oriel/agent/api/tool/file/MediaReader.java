package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/// Reads images and PDF documents, as blocks for the model.
final class MediaReader {
    private static final Map<String, String> IMAGES =
            Map.of(
                    ".png", "image/png",
                    ".jpg", "image/jpeg",
                    ".jpeg", "image/jpeg",
                    ".gif", "image/gif",
                    ".webp", "image/webp");

    /// Larger ones are shown smaller: the API does the same.
    private static final int MAX_SIDE = 1_568;

    private static final int MAX_BASE64 = 5 << 20;
    private static final int MAX_PDF = 20 << 20;
    private static final long MAX_PIXELS = 50_000_000;

    private MediaReader() {}

    /// @return null for files of other kinds
    static @Nullable ToolOutcome read(FileTarget target, long size) throws FileFault {
        String name = String.valueOf(target.real().getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot);
        String type = IMAGES.get(extension);
        if (type == null && !extension.equals(".pdf")) {
            return null;
        }
        if (size == 0) {
            throw FileFault.failed("The file is empty: " + target.given());
        }
        if (size > OpenedFile.MAX_BYTES) {
            throw FileFault.failed("The file is larger than 10 MB: " + target.given());
        }
        byte[] bytes = OpenedFile.read(target);
        return type == null ? pdf(target, bytes) : image(target, bytes, type);
    }

    private static ToolOutcome pdf(FileTarget target, byte[] bytes) throws FileFault {
        byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, 1_024));
        if (!new String(start, StandardCharsets.ISO_8859_1).contains("%PDF-")
                || bytes.length > MAX_PDF) {
            throw FileFault.failed("The file is not a PDF document: " + target.given());
        }
        String data = Base64.getEncoder().encodeToString(bytes);
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        content.addObject()
                .put("type", "text")
                .put("text", "PDF file read: " + target.given() + " (" + bytes.length + " bytes)");
        content.addObject()
                .put("type", "document")
                .putObject("source")
                .put("type", "base64")
                .put("media_type", "application/pdf")
                .put("data", data);
        ObjectNode json = Json.object().put("type", "pdf");
        json.putObject("file")
                .put("filePath", target.given())
                .put("base64", data)
                .put("originalSize", bytes.length);
        return new ToolOutcome.Ok(content, json, List.of(), null);
    }

    private static ToolOutcome image(FileTarget target, byte[] bytes, String type)
            throws FileFault {
        String shownType = type;
        byte[] shown = bytes;
        Dimension size = new Dimension();
        Dimension display = new Dimension();
        try {
            BufferedImage small = smaller(bytes, size);
            display.setSize(size);
            if (small != null) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                shownType = type.equals("image/jpeg") ? type : "image/png";
                ImageIO.write(small, type.equals("image/jpeg") ? "jpeg" : "png", out);
                shown = out.toByteArray();
                display.setSize(small.getWidth(), small.getHeight());
            }
        } catch (IOException | RuntimeException e) { // decoders throw both for broken files
            throw FileFault.failed("The file is not an image that can be read: " + target.given());
        }
        String data = Base64.getEncoder().encodeToString(shown);
        if (data.length() > MAX_BASE64) {
            throw FileFault.failed("The image is too large to be shown: " + target.given());
        }
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        content.addObject()
                .put("type", "image")
                .putObject("source")
                .put("type", "base64")
                .put("data", data)
                .put("media_type", shownType);
        ObjectNode json = Json.object().put("type", "image");
        ObjectNode file =
                json.putObject("file")
                        .put("base64", data)
                        .put("type", shownType)
                        .put("originalSize", bytes.length);
        if (size.width > 0) {
            file.putObject("dimensions")
                    .put("originalWidth", size.width)
                    .put("originalHeight", size.height)
                    .put("displayWidth", display.width)
                    .put("displayHeight", display.height);
        }
        return new ToolOutcome.Ok(content, json, List.of(), null);
    }

    /// @param size receives the size; stays empty if the format cannot be decoded here
    /// @return null if the image is small enough
    private static @Nullable BufferedImage smaller(byte[] bytes, Dimension size)
            throws IOException {
        try (ImageInputStream in =
                ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return requireWebp(bytes);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                size.setSize(reader.getWidth(0), reader.getHeight(0));
                int longest = Math.max(size.width, size.height);
                if (longest <= MAX_SIDE && bytes.length <= MAX_BASE64 / 4 * 3) {
                    return null;
                }
                if ((long) size.width * size.height > MAX_PIXELS) {
                    throw new IOException("too many pixels");
                }
                ImageReadParam parameters = reader.getDefaultReadParam();
                int step = Math.max(1, longest / MAX_SIDE);
                parameters.setSourceSubsampling(step, step, 0, 0);
                return scaled(reader.read(0, parameters), size);
            } finally {
                reader.dispose();
            }
        }
    }

    private static @Nullable BufferedImage requireWebp(byte[] bytes) throws IOException {
        if (bytes.length < 12 || bytes[0] != 'R' || bytes[8] != 'W') {
            throw new IOException("not an image");
        }
        return null;
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
