package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A change of one cell of a notebook. Immutable.
///
/// @param mode `replace`, `insert` or `delete`
/// @param id of the cell, or of the one before the new cell; null for the top
/// @param type `code` or `markdown`; null to keep it
/// @param source the new source
record CellChange(String mode, @Nullable String id, @Nullable String type, String source) {
    /// Characters of the source in the result: the model has just written it.
    private static final int MAX_SHOWN = 2_000;

    private static final Pattern NUMBERED = Pattern.compile("cell-([0-9]{1,9})");

    /// @throws FileFault if a part of it is missing
    static CellChange of(ObjectNode input) throws FileFault {
        CellChange change =
                new CellChange(
                        input.path("edit_mode").asText("replace"),
                        input.path("cell_id").textValue(),
                        input.path("cell_type").textValue(),
                        input.path("new_source").asText());
        if (change.isInsertion() && change.type == null) {
            throw FileFault.refused("Cell type is required when using edit_mode=insert.");
        }
        if (!change.isInsertion() && change.id == null) {
            throw FileFault.refused("Cell ID must be specified when not inserting a new cell.");
        }
        return change;
    }

    private boolean isInsertion() {
        return mode.equals("insert");
    }

    /// What was done.
    ///
    /// @param id null if the format of the notebook has no ids
    /// @param oldSource null for a new cell
    record Changed(String mode, @Nullable String id, String type, @Nullable String oldSource) {
        /// The result for the model.
        String text(String given) {
            String source = ToolOutcome.shortened(given, MAX_SHOWN);
            return switch (mode) {
                case "insert" ->
                        "Inserted "
                                + (id == null ? "a new cell" : "cell " + id)
                                + " with "
                                + source;
                case "delete" -> "Deleted cell " + id;
                default -> "Updated cell " + id + " with " + source;
            };
        }

        ObjectNode structured(CellChange change, String language) {
            ObjectNode json = Json.object().put("new_source", change.source());
            if (oldSource != null) {
                json.put("old_source", oldSource);
            }
            json.put("cell_type", type).put("language", language).put("edit_mode", mode);
            if (id != null) {
                json.put("cell_id", id);
            }
            return json.put("error", "");
        }
    }

    /// Changes a notebook.
    ///
    /// @throws FileFault if there is no such cell; the notebook is as it was
    Changed apply(ObjectNode notebook) throws FileFault {
        ArrayNode cells = (ArrayNode) notebook.path("cells");
        int index = id == null ? -1 : index(cells, id);
        if (isInsertion()) {
            return insert(notebook, cells, index + 1);
        }
        ObjectNode cell = (ObjectNode) cells.get(index);
        String old = NotebookText.joined(cell.path("source"));
        if (mode.equals("delete")) {
            cells.remove(index);
            return new Changed(mode, id, cell.path("cell_type").asText(), old);
        }
        cell.put("source", source);
        if (type != null) {
            cell.put("cell_type", type);
        }
        String now = cell.path("cell_type").asText();
        if (now.equals("code")) {
            cell.putNull("execution_count");
            cell.putArray("outputs");
        } else {
            cell.remove("execution_count");
            cell.remove("outputs");
        }
        return new Changed(mode, id, now, old);
    }

    private static int index(ArrayNode cells, String id) throws FileFault {
        int index = 0;
        for (JsonNode cell : cells) {
            if (id.equals(cell.path("id").textValue())) {
                return index;
            }
            index++;
        }
        Matcher numbered = NUMBERED.matcher(id);
        if (!numbered.matches()) {
            throw FileFault.refused("Cell with ID \"" + id + "\" not found in notebook.");
        }
        int number = Integer.parseInt(numbered.group(1));
        if (number >= cells.size()) {
            throw FileFault.refused("Cell with index " + number + " does not exist in notebook.");
        }
        return number;
    }

    private Changed insert(ObjectNode notebook, ArrayNode cells, int index) {
        ObjectNode cell = Json.object().put("cell_type", type);
        String newId = hasIds(notebook) ? newId() : null;
        if (newId != null) {
            cell.put("id", newId);
        }
        cell.put("source", source).putObject("metadata");
        if ("code".equals(type)) {
            cell.putNull("execution_count").putArray("outputs");
        }
        cells.insert(index, cell);
        return new Changed(mode, newId, String.valueOf(type), null);
    }

    /// Cells have ids since the format 4.5.
    private static boolean hasIds(ObjectNode notebook) {
        int major = notebook.path("nbformat").asInt();
        return major > 4 || (major == 4 && notebook.path("nbformat_minor").asInt() >= 5);
    }

    private static String newId() {
        return String.format("%08x", ThreadLocalRandom.current().nextInt());
    }
}
