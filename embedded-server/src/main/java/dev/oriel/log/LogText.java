package dev.oriel.log;

/// Makes text from outside safe for a log or a terminal.
public final class LogText {
    private static final int MAX_LENGTH = 8_000;

    private LogText() {}

    /// Converts text to one line: control and format characters (line breaks, ESC, marks that
    /// change the direction of writing) and unpaired surrogates become escapes such as `\n` and
    /// `\u001b`. The text is truncated to 8,000 UTF-16 code units.
    public static String escape(String text) {
        int end = Math.min(text.length(), MAX_LENGTH);
        StringBuilder out = new StringBuilder(end + 16);
        for (int i = 0; i < end; ) {
            int c = text.codePointAt(i);
            append(out, c);
            i += Character.charCount(c);
        }
        if (text.length() > MAX_LENGTH) {
            out.append("… (").append(text.length()).append(" characters)");
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        if (!isUnsafe(c)) {
            out.appendCodePoint(c);
            return;
        }
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                    out.append(
                            Character.isBmpCodePoint(c)
                                    ? String.format("\\u%04x", c)
                                    : String.format("\\u{%x}", c));
        }
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
