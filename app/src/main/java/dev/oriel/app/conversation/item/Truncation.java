package dev.oriel.app.conversation.item;

import dev.oriel.message.Graphemes;

/// Bounds texts that have no bound of their own, for the window's memory. The journal has them
/// whole.
public final class Truncation {
    /// The longest text of one field, result or block, characters.
    public static final int MAX_TEXT = 256 * 1024;

    private Truncation() {}

    public static String truncate(String text) {
        return truncate(text, MAX_TEXT);
    }

    /// @param most the longest text, characters
    public static String truncate(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Graphemes.prefixEnd(text, most);
        return text.substring(0, end) + "\n[… %,d more characters]".formatted(text.length() - end);
    }

    /// The start and the end of the text, because the end of an output tells how it ended.
    public static String truncateMiddle(String text) {
        return truncateMiddle(text, MAX_TEXT);
    }

    /// @param most the longest text, characters
    public static String truncateMiddle(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Graphemes.prefixEnd(text, most / 2);
        int start = Graphemes.suffixStart(text, most / 2);
        return text.substring(0, end)
                + "\n[… %,d more characters]\n".formatted(start - end)
                + text.substring(start);
    }

    /// The first line that is not blank, stripped and bounded.
    public static String firstLine(String text) {
        int from = 0;
        while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        String whole = text.substring(from, Math.min(end, from + 500));
        String line = whole.substring(0, Graphemes.prefixEnd(whole, 400)).strip();
        boolean more = !text.substring(end).isBlank() || end > from + 400;
        return more ? line + " …" : line;
    }
}
