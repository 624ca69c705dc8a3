package dev.oriel.journal;

import dev.oriel.message.Graphemes;
import org.jspecify.annotations.Nullable;

/// Converts any text to a single line of bounded length.
final class BoundedLine {
    private BoundedLine() {}

    /// The text with each run of white space and control characters replaced by one space, and
    /// truncated with an ellipsis.
    ///
    /// @return null if nothing is left
    static @Nullable String from(String text, int maxLength) {
        StringBuilder line = new StringBuilder();
        boolean spaceBefore = false;
        for (int i = 0; i < text.length() && line.length() <= maxLength; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isSpace(c)) {
                spaceBefore = !line.isEmpty();
            } else {
                line.append(spaceBefore ? " " : "").appendCodePoint(c);
                spaceBefore = false;
            }
        }
        return line.isEmpty() ? null : Graphemes.truncate(line.toString(), maxLength);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029';
    }
}
