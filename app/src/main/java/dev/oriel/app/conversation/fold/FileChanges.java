package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what an edit changed from the `tool_use_result` of Edit, MultiEdit, Write or NotebookEdit.
final class FileChanges {
    private static final int MAX_LINES = 25_000;

    /// The most characters of all hunks.
    private static final int MAX_CHARACTERS = 1024 * 1024;

    /// The longest notebook that is searched for the edited cell, characters.
    private static final int MAX_NOTEBOOK = 512 * 1024;

    private FileChanges() {}

    /// @param structured an object, a string, or missing
    /// @return null if it is not the result of an edit
    static @Nullable FileChange of(JsonNode structured) {
        if (structured.has("notebook_path") && structured.has("new_source")) {
            return new FileChange(false, cell(structured), null, List.of(), 0);
        }
        if (!structured.path("structuredPatch").isArray()) {
            return null;
        }
        String original = text(structured, "originalFile");
        if (original == null) {
            original = text(structured, "originalFileContents");
        }
        boolean user = structured.path("userModified").asBoolean();
        String revised = text(structured, "content");
        List<FileChange.Hunk> hunks = new ArrayList<>();
        int left = addHunks(structured.path("structuredPatch"), hunks);
        return new FileChange(
                MessageFields.text(structured, "type").equals("create"),
                original,
                user ? (revised == null ? text(structured, "newString") : revised) : null,
                hunks,
                left);
    }

    private static @Nullable String text(JsonNode structured, String member) {
        String text = structured.path(member).textValue();
        return text == null || text.length() > Truncation.MAX_TEXT ? null : text;
    }

    /// @return number of lines that are left out
    private static int addHunks(JsonNode patch, List<FileChange.Hunk> hunks) {
        int lines = 0;
        int characters = 0;
        int left = 0;
        for (JsonNode hunk : patch) {
            JsonNode all = hunk.path("lines");
            List<String> kept = new ArrayList<>(Math.min(all.size(), MAX_LINES));
            for (JsonNode l : all) {
                String line = l.asText("");
                if (lines >= MAX_LINES || characters >= MAX_CHARACTERS) {
                    left++;
                    continue;
                }
                String bounded = Truncation.truncate(line);
                kept.add(bounded);
                lines++;
                characters += bounded.length();
            }
            if (!kept.isEmpty()) {
                hunks.add(
                        new FileChange.Hunk(
                                hunk.path("oldStart").asInt(1),
                                hunk.path("newStart").asInt(1),
                                kept));
            }
        }
        return left;
    }

    /// The source of the edited cell before the change; null if it is unknown.
    private static @Nullable String cell(JsonNode structured) {
        String notebook = structured.path("original_file").asText("");
        String id = MessageFields.text(structured, "cell_id");
        if (notebook.isEmpty() || notebook.length() > MAX_NOTEBOOK || id.isEmpty()) {
            return null;
        }
        JsonNode cells;
        try {
            cells = Json.mapper().readTree(notebook).path("cells");
        } catch (JsonProcessingException e) {
            return null;
        }
        for (int i = 0; i < cells.size(); i++) {
            JsonNode cell = cells.get(i);
            if (MessageFields.text(cell, "id").equals(id) || id.equals("cell-" + i)) {
                StringBuilder source = new StringBuilder();
                JsonNode lines = cell.path("source");
                lines.forEach(l -> source.append(l.asText("")));
                return lines.isTextual() ? lines.textValue() : source.toString();
            }
        }
        return null;
    }
}
