package dev.oriel.app.conversation.item;

import java.util.List;

/// The result of a tool.
///
/// @param text bounded, see [Truncation]
/// @param detail facts that the text has not
/// @param images number of images in the result, which are not shown
/// @param raw the result as JSON, with long texts cut
public record ToolOutput(String text, ToolDetail detail, int images, String raw) {
    /// A result that is only text.
    public static ToolOutput of(String text) {
        return new ToolOutput(text, ToolDetail.NONE, 0, "");
    }

    /// The lines that an edit changed in its file; empty for other tools.
    public List<PatchLine> patch() {
        return detail instanceof ToolDetail.Edit edit ? edit.patch() : List.of();
    }

    /// One line of a patch.
    ///
    /// @param line number in the new file for kept and added lines, in the old file for removed
    ///   lines; 0 for a gap between hunks
    public record PatchLine(Change change, int line, String text) {}

    /// What becomes of a line.
    public enum Change {
        KEPT,
        ADDED,
        REMOVED,
        GAP
    }
}
