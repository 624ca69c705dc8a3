package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows the cells of a notebook with their outputs, as CLI 2.1.332 does.
final class NotebookCells {
    private static final int MAX_BYTES = 256 * 1024;

    /// The outputs of a cell are left out if they have more characters.
    private static final int MAX_OUTPUT = 10_000;

    /// Characters of Base64 of all images.
    private static final int MAX_IMAGES = 4 << 20;

    private final ObjectNode notebook;
    private final String language;
    private final ArrayNode content = Json.mapper().createArrayNode();
    private final StringBuilder text = new StringBuilder();
    private boolean hasText;
    private int imageSize;

    private NotebookCells(ObjectNode notebook) {
        this.notebook = notebook;
        this.language = language(notebook);
    }

    static String language(ObjectNode notebook) {
        return notebook.path("metadata").path("language_info").path("name").asText("python");
    }

    /// The name by which the model knows a cell: its id, or its number from 0.
    static String id(JsonNode cell, int index) {
        return cell.path("id").isTextual() ? cell.path("id").textValue() : "cell-" + index;
    }

    /// The result of Read.
    ///
    /// @throws FileFault if it is not a notebook, or too large to be shown
    static ToolOutcome show(FileTarget target, String json) throws FileFault {
        return new NotebookCells(NotebookText.parse(json)).show(target);
    }

    private ToolOutcome show(FileTarget target) throws FileFault {
        ObjectNode result = Json.object().put("type", "notebook");
        ArrayNode cells =
                result.putObject("file").put("filePath", target.given()).putArray("cells");
        int index = 0;
        for (JsonNode cell : notebook.path("cells")) {
            cells.add(cell(cell, index++));
        }
        int size = Json.encode(cells).length - imageSize;
        if (size > MAX_BYTES) {
            throw FileFault.failed(
                    "The notebook has "
                            + index
                            + " cells, which are "
                            + size / 1024
                            + " KB. At most "
                            + MAX_BYTES / 1024
                            + " KB are shown. Read parts of it with Bash, for example: jq"
                            + " '.cells[:20]' NOTEBOOK");
        }
        for (JsonNode cell : cells) {
            show(cell);
        }
        endText();
        return new ToolOutcome.Ok(
                content.isEmpty() ? TextNode.valueOf("(Read completed with no output)") : content,
                result,
                List.of(),
                null);
    }

    private ObjectNode cell(JsonNode cell, int index) {
        String type = cell.path("cell_type").asText();
        ObjectNode shown =
                Json.object()
                        .put("cellType", type)
                        .put("source", NotebookText.joined(cell.path("source")));
        if (!type.equals("code")) {
            return shown.put("cell_id", id(cell, index));
        }
        if (cell.path("execution_count").isNumber()) {
            shown.set("execution_count", cell.path("execution_count"));
        }
        shown.put("cell_id", id(cell, index)).put("language", language);
        ArrayNode outputs = Json.mapper().createArrayNode();
        long size = 0;
        for (JsonNode output : cell.path("outputs")) {
            ObjectNode one = output(output);
            size += one.path("text").asText().length();
            outputs.add(one);
        }
        if (size > MAX_OUTPUT) {
            outputs.removeAll();
            outputs.addObject()
                    .put("output_type", "stream")
                    .put(
                            "text",
                            "Outputs are too large to include. Use Bash with: cat <notebook_path>"
                                    + " | jq '.cells["
                                    + index
                                    + "].outputs'");
        }
        if (!outputs.isEmpty()) {
            shown.set("outputs", outputs);
        }
        return shown;
    }

    private ObjectNode output(JsonNode output) {
        String type = output.path("output_type").asText();
        ObjectNode shown = Json.object().put("output_type", type);
        switch (type) {
            case "stream" -> shown.put("text", NotebookText.joined(output.path("text")));
            case "execute_result", "display_data" -> {
                JsonNode data = output.path("data");
                shown.put("text", NotebookText.joined(data.path("text/plain")));
                image(data, shown);
            }
            case "error" -> shown.put("text", error(output));
            default -> shown.put("text", "An output of an unknown type is not shown.");
        }
        return shown;
    }

    private static String error(JsonNode output) {
        StringBuilder text =
                new StringBuilder(output.path("ename").asText())
                        .append(": ")
                        .append(output.path("evalue").asText());
        for (JsonNode line : output.path("traceback")) {
            text.append('\n').append(line.asText());
        }
        return text.toString();
    }

    private void image(JsonNode data, ObjectNode shown) {
        for (String type : List.of("image/png", "image/jpeg")) {
            ShownImage image = image(NotebookText.joined(data.path(type)));
            if (image != null) {
                imageSize += image.base64().length();
                shown.putObject("image")
                        .put("image_data", image.base64())
                        .put("media_type", image.type());
                return;
            }
        }
    }

    /// @return null for what is not an image: the API would refuse the whole conversation
    private @Nullable ShownImage image(String base64) {
        if (base64.isEmpty() || imageSize + base64.length() > MAX_IMAGES) {
            return null;
        }
        try {
            return ShownImage.of(Base64.getMimeDecoder().decode(base64));
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private void show(JsonNode cell) {
        String id = cell.path("cell_id").asText();
        String type = cell.path("cellType").asText();
        boolean isCode = type.equals("code");
        addText(
                "<cell id=\""
                        + id
                        + "\">"
                        + (isCode ? "" : "<cell_type>" + type + "</cell_type>")
                        + (!isCode || language.equals("python")
                                ? ""
                                : "<language>" + language + "</language>")
                        + cell.path("source").asText()
                        + "</cell id=\""
                        + id
                        + "\">");
        for (JsonNode output : cell.path("outputs")) {
            String printed = output.path("text").asText();
            if (!printed.isEmpty()) {
                addText("\n" + printed);
            }
            JsonNode image = output.path("image");
            if (image.isObject()) {
                endText();
                content.addObject()
                        .put("type", "image")
                        .putObject("source")
                        .put("type", "base64")
                        .put("data", image.path("image_data").asText())
                        .put("media_type", image.path("media_type").asText());
            }
        }
    }

    private void addText(String more) {
        text.append(hasText ? "\n" : "").append(more);
        hasText = true;
    }

    private void endText() {
        if (hasText) {
            content.addObject().put("type", "text").put("text", text.toString());
        }
        text.setLength(0);
        hasText = false;
    }
}
