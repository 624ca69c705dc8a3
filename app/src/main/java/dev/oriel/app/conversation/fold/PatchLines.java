package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ToolOutput.Change;
import dev.oriel.app.conversation.item.ToolOutput.PatchLine;
import dev.oriel.app.conversation.item.Truncation;
import java.util.ArrayList;
import java.util.List;

/// Reads the patch in the result of an edit.
final class PatchLines {
    private static final int MAX_PATCH_LINES = 4_000;

    private PatchLines() {}

    /// @param hunks the `structuredPatch`
    static List<PatchLine> of(JsonNode hunks) {
        List<PatchLine> lines = new ArrayList<>();
        for (JsonNode hunk : hunks) {
            if (!lines.isEmpty()) {
                lines.add(new PatchLine(Change.GAP, 0, ""));
            }
            int before = hunk.path("oldStart").asInt(1);
            int after = hunk.path("newStart").asInt(1);
            for (JsonNode l : hunk.path("lines")) {
                String line = l.asText("");
                String text = line.isEmpty() ? "" : Truncation.truncate(line.substring(1));
                switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                    case '+' -> lines.add(new PatchLine(Change.ADDED, after++, text));
                    case '-' -> lines.add(new PatchLine(Change.REMOVED, before++, text));
                    case '\\' -> {
                        // "\ No newline at end of file" is not a line of the file.
                    }
                    default -> {
                        lines.add(new PatchLine(Change.KEPT, after++, text));
                        before++;
                    }
                }
                if (lines.size() >= MAX_PATCH_LINES) {
                    return lines;
                }
            }
        }
        return lines;
    }
}
