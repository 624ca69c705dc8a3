package dev.oriel.app.conversation;

import dev.oriel.message.Graphemes;

/// Bounds what the window keeps of texts that have no bound of their own. The journal has them
/// whole.
final class Clip {
    /// The longest text that is kept of one field, result or block, in characters.
    static final int MAX_TEXT = 256 * 1024;

    private Clip() {}

    static String text(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Graphemes.end(text, MAX_TEXT);
        return text.substring(0, end) + "\n[… %,d more characters]".formatted(text.length() - end);
    }

    /// The first line that says something, without its surrounding blanks.
    static String firstLine(String text) {
        int from = 0;
        while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        String whole = text.substring(from, Math.min(end, from + 500));
        String line = whole.substring(0, Graphemes.end(whole, 400)).strip();
        boolean more = !text.substring(end).isBlank() || end > from + 400;
        return more ? line + " …" : line;
    }
}
