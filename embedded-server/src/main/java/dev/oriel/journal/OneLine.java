package dev.oriel.journal;

import org.jspecify.annotations.Nullable;

/// Makes a bounded line of any text.
final class OneLine {
    /// So much of a longer text is looked at, in characters of the result.
    private static final int LOOKED_AT = 4;

    private OneLine() {}

    /// The text with every run of white space and control characters as one space, cut at a length.
    ///
    /// @return null if nothing is left
    static @Nullable String of(String text, int longest) {
        String some = cut(text, longest * LOOKED_AT);
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
        return stripped.isEmpty() ? null : cut(stripped, longest);
    }

    /// The text, cut at a length, with an ellipsis for what is gone. No surrogate pair is cut.
    static String cut(String text, int longest) {
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
