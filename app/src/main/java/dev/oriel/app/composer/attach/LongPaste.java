package dev.oriel.app.composer.attach;

/// Decides whether a pasted text becomes an attachment instead of text in the editor.
public final class LongPaste {
    private static final int CHARACTERS = 4_000;
    private static final int LINES = 60;

    private LongPaste() {}

    public static boolean isLong(String text) {
        return text.length() >= CHARACTERS || lines(text) >= LINES;
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
