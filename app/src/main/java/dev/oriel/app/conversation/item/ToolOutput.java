package dev.oriel.app.conversation.item;

import java.util.List;

/// What a tool gave back.
///
/// @param text bounded, see [Truncation]
/// @param patch what an edit changed in its file, line by line; empty for other tools
/// @param images pictures among the result, which are not shown
public record ToolOutput(String text, List<PatchLine> patch, int images) {
    public ToolOutput {
        patch = List.copyOf(patch);
    }

    /// One line of a patch.
    ///
    /// @param line number in the new file for kept and added lines, in the old one for removed
    ///   ones; 0 for a gap between hunks
    public record PatchLine(Change change, int line, String text) {}

    /// What became of a line.
    public enum Change {
        KEPT,
        ADDED,
        REMOVED,
        GAP
    }
}
