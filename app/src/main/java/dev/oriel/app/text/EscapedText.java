package dev.oriel.app.text;

/// Text of which nothing is hidden, for requests that the user allows: characters that hide or
/// reorder text are written out as their code points, and gaps that push text out of sight as their
/// lengths.
public final class EscapedText {
    private static final int MAX_GAP = 16;
    private static final int MAX_EMPTY_LINES = 3;

    private EscapedText() {}

    /// The text with every hidden character as `⟨U+202E⟩` and every long gap as `⟨40 spaces⟩`. Line
    /// breaks stay; a tab becomes four spaces.
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int run = run(text, i, c);
            if ((c == ' ' || c == '\t') && run > MAX_GAP) {
                out.append('⟨').append(run).append(c == ' ' ? " spaces⟩" : " tabs⟩");
                i += run;
            } else if (c == '\n' && run > MAX_EMPTY_LINES + 1) {
                out.append("\n⟨").append(run - 1).append(" empty lines⟩\n");
                i += run;
            } else {
                append(out, c);
                i += Character.charCount(c);
            }
        }
        return out.toString();
    }

    private static int run(String text, int from, int c) {
        if (c != ' ' && c != '\t' && c != '\n') {
            return 1;
        }
        int end = from;
        while (end < text.length() && text.charAt(end) == c) {
            end++;
        }
        return end - from;
    }

    private static void append(StringBuilder out, int c) {
        if (c == '\n' || c == ' ') {
            out.append((char) c);
        } else if (c == '\t') {
            out.append("    ");
        } else if (HiddenCharacters.isHidden(c)) {
            out.append(HiddenCharacters.escape(c));
        } else {
            out.appendCodePoint(c);
        }
    }
}
