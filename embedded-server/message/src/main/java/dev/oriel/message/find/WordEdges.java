package dev.oriel.message.find;

/// Where words begin and end. Scripts that put no spaces between words have an edge at each letter,
/// because their words cannot be told without a dictionary.
final class WordEdges {
    private WordEdges() {}

    /// Whether a range begins and ends at the edge of a word. An end that is no letter itself needs
    /// none.
    static boolean areAt(String text, int start, int end) {
        return isEdge(text, start) && isEdge(text, end);
    }

    private static boolean isEdge(String text, int at) {
        if (at == 0 || at == text.length()) {
            return true;
        }
        int before = text.codePointBefore(at);
        int after = text.codePointAt(at);
        return !isWord(before) || !isWord(after) || (!isMark(after) && isDense(before, after));
    }

    private static boolean isWord(int c) {
        return c < 0x80
                ? (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '_'
                : Character.isLetterOrDigit(c) || isMark(c) || c == 0x200D || c == 0x200C;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isDense(int before, int after) {
        return isDense(before) || isDense(after);
    }

    private static boolean isDense(int c) {
        if (c < 0xE00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
