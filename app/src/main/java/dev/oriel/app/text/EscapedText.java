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

    /// One line of code with every hidden character as `⟨U+202E⟩` and every long gap as `⟨40
    /// spaces⟩`. A tab stays.
    public static String ofLine(String line) {
        StringBuilder out = new StringBuilder(line.length() + 16);
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            int run = line.charAt(i) == '\t' ? run(line, i, '\t') : 0;
            if (run > 0 && run <= MAX_GAP) {
                out.append(of(line.substring(from, i))).append(line, i, i + run);
                i += run - 1;
                from = i + 1;
            } else {
                i += Math.max(0, run - 1);
            }
        }
        return out.append(of(line.substring(from))).toString();
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
