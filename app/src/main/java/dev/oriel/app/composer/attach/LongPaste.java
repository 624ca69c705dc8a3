package dev.oriel.app.composer.attach;

import java.nio.charset.StandardCharsets;

/// Decides whether a pasted text becomes an attachment instead of text in the editor.
public final class LongPaste {
    /// A longer text, in characters or bytes, is not edited in the message: the text area lays out
    /// the whole text at each key, which takes a tenth of a second for so much.
    public static final int MOST_EDITABLE = 64 * 1024;

    private static final int CHARACTERS = 4_000;
    private static final int LINES = 60;

    private LongPaste() {}

    public static boolean isLong(String text) {
        return text.length() >= CHARACTERS || lines(text) >= LINES;
    }

    /// Whether the text area would be slow with a text.
    public static boolean isTooLongToEdit(String text) {
        return text.length() > MOST_EDITABLE;
    }

    /// Whether a text is not too large for an attachment.
    static boolean canBeAttached(String text) {
        return text.length() <= AttachmentLimits.MAX_TEXT_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length <= AttachmentLimits.MAX_TEXT_BYTES;
    }

    /// Number of lines, at least one. A line break at the end begins no line.
    static int lines(String text) {
        int lines = 1;
        for (int i = 0; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && text.charAt(i + 1) != '\n')) {
                lines++;
            }
        }
        return lines;
    }
}
