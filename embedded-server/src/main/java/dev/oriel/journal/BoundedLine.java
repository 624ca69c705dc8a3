package dev.oriel.journal;

import org.jspecify.annotations.Nullable;

/// Converts any text to a single line of bounded length.
final class BoundedLine {
    /// Only so many times the maximum length of a text is examined.
    private static final int EXAMINED_FACTOR = 4;

    private BoundedLine() {}

    /// The text with each run of white space and control characters replaced by one space, and
    /// truncated.
    ///
    /// @return null if nothing is left
    static @Nullable String from(String text, int maxLength) {
        String examined = truncate(text, maxLength * EXAMINED_FACTOR);
        StringBuilder line = new StringBuilder();
        examined.codePoints()
                .forEach(c -> {
                    if (!isSpace(c)) {
                        line.appendCodePoint(c);
                    } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                        line.append(' ');
                    }
                });
        String stripped = line.toString().strip();
        return stripped.isEmpty() ? null : truncate(stripped, maxLength);
    }

    /// The text, truncated with an ellipsis. Does not split a surrogate pair.
    static String truncate(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = maxLength - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029';
    }
}
