package dev.oriel.app.conversation.item;

import org.jspecify.annotations.Nullable;

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

    /// What an edit changed in its file; null for other tools.
    public @Nullable FileChange change() {
        return detail instanceof ToolDetail.Edit edit ? edit.change() : null;
    }
}
