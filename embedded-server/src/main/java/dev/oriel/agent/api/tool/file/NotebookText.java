package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The JSON of Jupyter notebooks. Numbers are kept exactly, and the indentation of a file stays.
final class NotebookText {
    /// The indentation of Jupyter itself.
    private static final String DEFAULT_INDENT = " ";

    private static final Pattern INDENT = Pattern.compile("\\A\\s*\\{\\r?\\n([ \\t]{1,16})\"");

    private static final ObjectReader READER =
            Json.mapper()
                    .reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private NotebookText() {}

    /// Parses a notebook.
    ///
    /// @throws FileFault if it is not one
    static ObjectNode parse(String text) throws FileFault {
        JsonNode tree;
        try {
            tree = READER.readTree(text);
        } catch (JsonProcessingException e) {
            throw FileFault.failed(
                    "Notebook file is not valid JSON (it may be truncated, corrupted, or still"
                            + " being written)"
                            + place(e));
        }
        if (tree instanceof ObjectNode notebook && hasCells(notebook)) {
            return notebook;
        }
        throw FileFault.failed(
                "Notebook file is not a valid Jupyter notebook (top-level \"cells\" must be an"
                        + " array of cell objects, each with a string or string-array"
                        + " \"source\").");
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? "."
                : ": the error is in line " + e.getLocation().getLineNr() + ".";
    }

    private static boolean hasCells(ObjectNode notebook) {
        if (!notebook.path("cells").isArray()) {
            return false;
        }
        for (JsonNode cell : notebook.path("cells")) {
            if (!cell.isObject() || !isText(cell.path("source"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(JsonNode value) {
        if (value.isTextual()) {
            return true;
        }
        for (JsonNode line : value) {
            if (!line.isTextual()) {
                return false;
            }
        }
        return value.isArray();
    }

    /// A text that is stored as one string, or as strings of lines with their ends.
    static String joined(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode line : value) {
            text.append(line.asText());
        }
        return text.toString();
    }

    /// Writes a notebook as another text of it was written.
    ///
    /// @param like the earlier text
    /// @return with `\n` as its only line end
    static String write(ObjectNode notebook, String like) {
        Matcher indented = INDENT.matcher(like);
        String indent = indented.find() ? indented.group(1) : DEFAULT_INDENT;
        DefaultIndenter indenter = new DefaultIndenter(indent, "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter(
                        Separators.createDefaultInstance()
                                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                                .withObjectEmptySeparator("")
                                .withArrayEmptySeparator(""));
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        try {
            // As bytes: an unpaired surrogate is then written as an escape.
            byte[] json = Json.mapper().writer(printer).writeValueAsBytes(notebook);
            String text = new String(json, StandardCharsets.UTF_8);
            return like.endsWith("\n") ? text + "\n" : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
