package dev.oriel.app.conversation.item;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a tool.
///
/// @param text bounded, see [Truncation]
/// @param detail facts that the text has not
/// @param attachments images and documents in the result
/// @param raw the result as JSON, with long texts cut
/// @param seq the position of its message, which has it whole; 0 if unknown
public record ToolOutput(
        String text, ToolDetail detail, List<Attachment> attachments, String raw, long seq) {
    public ToolOutput {
        attachments = List.copyOf(attachments);
    }

    /// A result whose message is not known.
    public ToolOutput(String text, ToolDetail detail, List<Attachment> attachments, String raw) {
        this(text, detail, attachments, raw, 0);
    }

    /// A result that is only text.
    public static ToolOutput of(String text) {
        return new ToolOutput(text, ToolDetail.NONE, List.of(), "");
    }

    /// What an edit changed in its file; null for other tools.
    public @Nullable FileChange change() {
        return detail instanceof ToolDetail.Edit edit ? edit.change() : null;
    }
}
