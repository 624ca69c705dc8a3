package dev.oriel.app.conversation.item;

import dev.oriel.message.Graphemes;

/// Bounds texts that have no bound of their own, for the window's memory. The journal has them
/// whole.
public final class Truncation {
    /// The longest text of one field, result or block, characters.
    public static final int MAX_TEXT = 256 * 1024;

    private static final String NOTE = "[… ";
    private static final String NOTE_END = " more characters]";

    /// No text that Oriel bounds is cut to less, characters. So a short text that ends like a note
    /// is not taken for a cut one.
    private static final int SHORTEST_CUT = 4 * 1024 - 64;

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
        return text.substring(0, end)
                + '\n'
                + NOTE
                + "%,d".formatted(text.length() - end)
                + NOTE_END;
    }

    /// Where [#truncate] put its note, which is the last line; -1 if the text is whole. The note
    /// itself is recognized, because the bounds differ.
    public static int cutAt(String text) {
        int at = text.endsWith(NOTE_END) ? text.lastIndexOf('\n') : -1;
        return at >= SHORTEST_CUT && text.startsWith(NOTE, at + 1) ? at : -1;
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
