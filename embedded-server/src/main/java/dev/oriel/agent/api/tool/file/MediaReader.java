package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads images and PDF documents, as blocks for the model.
final class MediaReader {
    private static final Set<String> IMAGES = Set.of(".png", ".jpg", ".jpeg", ".gif", ".webp");

    /// The API refuses a conversation that has a document with more.
    private static final int MAX_PAGES = 100;

    private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page(?![A-Za-z])");
    private static final int MAX_PDF = 20 << 20;

    private MediaReader() {}

    /// @param wantsPart whether only some pages of a document were asked for
    /// @return null for files of other kinds
    static @Nullable ToolOutcome read(FileTarget target, long size, boolean wantsPart)
            throws FileFault {
        String name = String.valueOf(target.real().getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot);
        boolean isImage = IMAGES.contains(extension);
        if (!isImage && !extension.equals(".pdf")) {
            return null;
        }
        if (size == 0) {
            throw FileFault.failed("The file is empty: " + target.given());
        }
        if (size > OpenedFile.MAX_BYTES) {
            throw FileFault.failed("The file is larger than 10 MB: " + target.given());
        }
        byte[] bytes = OpenedFile.read(target);
        return isImage ? image(target, bytes) : pdf(target, bytes, wantsPart);
    }

    private static ToolOutcome pdf(FileTarget target, byte[] bytes, boolean wantsPart)
            throws FileFault {
        byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, 1_024));
        if (!new String(start, StandardCharsets.ISO_8859_1).contains("%PDF-")
                || bytes.length > MAX_PDF) {
            throw FileFault.failed("The file is not a PDF document: " + target.given());
        }
        int pages = pages(bytes);
        if (pages > MAX_PAGES) {
            throw FileFault.failed(
                    "The document has "
                            + pages
                            + " pages. At most "
                            + MAX_PAGES
                            + " can be shown, and parts of a document cannot: make a smaller one"
                            + " or take its text with a command, for example pdftotext: "
                            + target.given());
        }
        String note = wantsPart ? ". All its pages are shown." : "";
        String data = Base64.getEncoder().encodeToString(bytes);
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        content.addObject()
                .put("type", "text")
                .put(
                        "text",
                        "PDF file read: "
                                + target.given()
                                + " ("
                                + bytes.length
                                + " bytes)"
                                + note);
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

    /// The number of pages as far as it is written in plain text; compressed lists are not counted.
    private static int pages(byte[] bytes) {
        Matcher page = PAGE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        int count = 0;
        while (page.find()) {
            count++;
        }
        return count;
    }

    private static ToolOutcome image(FileTarget target, byte[] bytes) throws FileFault {
        ShownImage shown;
        try {
            shown = ShownImage.of(bytes);
        } catch (IOException e) {
            throw FileFault.failed(
                    "The file is not an image that can be read, or is too large: "
                            + target.given());
        }
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        content.addObject()
                .put("type", "image")
                .putObject("source")
                .put("type", "base64")
                .put("data", shown.base64())
                .put("media_type", shown.type());
        ObjectNode json = Json.object().put("type", "image");
        ObjectNode file =
                json.putObject("file")
                        .put("base64", shown.base64())
                        .put("type", shown.type())
                        .put("originalSize", bytes.length);
        if (shown.size().width > 0) {
            file.putObject("dimensions")
                    .put("originalWidth", shown.size().width)
                    .put("originalHeight", shown.size().height)
                    .put("displayWidth", shown.display().width)
                    .put("displayHeight", shown.display().height);
        }
        return new ToolOutcome.Ok(content, json, List.of(), null);
    }
}
