package dev.oriel.app.asks.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.text.EscapedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A change of a file that Claude asks for, in a form that can be shown as a diff.
///
/// @param path as it was received
/// @param others members of the input that are no part of the change, as text
/// @param fields the change; the edits of a MultiEdit one after the other
public record EditProposal(
        String tool, String path, List<String> others, List<ToolRun.Field> fields) {
    private static final Set<String> SHOWN =
            Set.of(
                    "file_path",
                    "notebook_path",
                    "old_string",
                    "new_string",
                    "replace_all",
                    "content",
                    "new_source",
                    "cell_id",
                    "cell_type",
                    "edit_mode");

    public EditProposal {
        others = List.copyOf(others);
        fields = List.copyOf(fields);
    }

    /// @return null if the tool edits no file, or if its input has not the usual form: then it is
    ///   shown member by member
    public static @Nullable EditProposal of(Ask ask) {
        ObjectNode in = ask.input();
        boolean usual =
                switch (ask.tool()) {
                    case "Edit" -> isEdit(in);
                    case "MultiEdit" -> isEdits(in.path("edits"));
                    case "Write" -> in.path("content").isTextual();
                    case "NotebookEdit" -> in.path("new_source").isTextual() && hasMode(in);
                    default -> false;
                };
        String name = ask.tool().equals("NotebookEdit") ? "notebook_path" : "file_path";
        if (!usual || !in.path(name).isTextual()) {
            return null;
        }
        List<ToolRun.Field> fields = new ArrayList<>();
        List<String> others = new ArrayList<>();
        in.properties()
                .forEach(e -> {
                    if (e.getKey().equals("edits") && ask.tool().equals("MultiEdit")) {
                        e.getValue().forEach(edit -> addEdit(edit, fields));
                    } else if (SHOWN.contains(e.getKey()) && e.getValue().isValueNode()) {
                        fields.add(field(e.getKey(), e.getValue()));
                    } else {
                        others.add(e.getKey() + ": " + text(e.getValue()));
                    }
                });
        return new EditProposal(ask.tool(), in.path(name).asText(), others, fields);
    }

    private static boolean isEdit(JsonNode edit) {
        return edit.path("old_string").isTextual() && edit.path("new_string").isTextual();
    }

    private static boolean isEdits(JsonNode edits) {
        return edits.isArray()
                && !edits.isEmpty()
                && edits.valueStream()
                        .allMatch(e ->
                                isEdit(e)
                                        && e.propertyStream()
                                                .allMatch(m -> SHOWN.contains(m.getKey())));
    }

    private static boolean hasMode(ObjectNode in) {
        return Set.of("", "replace", "insert", "delete").contains(in.path("edit_mode").asText(""));
    }

    private static void addEdit(JsonNode edit, List<ToolRun.Field> fields) {
        for (String name : List.of("old_string", "new_string", "replace_all")) {
            if (edit.has(name)) {
                fields.add(field(name, edit.path(name)));
            }
        }
    }

    private static ToolRun.Field field(String name, JsonNode value) {
        return new ToolRun.Field(name, text(value));
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toPrettyString() : value.asText();
    }

    /// What would change. Nothing is left out, and nothing is hidden.
    public List<EditDiffs.Titled> diffs() {
        return EditDiffs.proposed(tool, fields, EscapedText::ofLine);
    }

    /// Number of characters that are compared.
    public int size() {
        return fields.stream().mapToInt(f -> f.text().length()).sum();
    }
}
