package dev.oriel.app.conversation.item;

import java.util.List;

/// The result of a tool.
///
/// @param text bounded, see [Truncation]
/// @param patch the lines that an edit changed in its file; empty for other tools
/// @param images number of images in the result, which are not shown
public record ToolOutput(String text, List<PatchLine> patch, int images) {
    public ToolOutput {
        patch = List.copyOf(patch);
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
