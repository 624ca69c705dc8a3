package dev.oriel.journal;

import org.jspecify.annotations.Nullable;

/// Makes a bounded line of any text.
final class BoundedLine {
    /// So much of a longer text is looked at, in characters of the result.
    private static final int LOOKED_AT = 4;

    private BoundedLine() {}

    /// The text with every run of white space and control characters as one space, cut at a length.
    ///
    /// @return null if nothing is left
    static @Nullable String from(String text, int longest) {
        String some = truncate(text, longest * LOOKED_AT);
        StringBuilder line = new StringBuilder();
        some.codePoints()
                .forEach(c -> {
                    if (!isSpace(c)) {
                        line.appendCodePoint(c);
                    } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                        line.append(' ');
                    }
                });
        String stripped = line.toString().strip();
        return stripped.isEmpty() ? null : truncate(stripped, longest);
    }

    /// The text, cut at a length, with an ellipsis for what is gone. No surrogate pair is cut.
    static String truncate(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
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
