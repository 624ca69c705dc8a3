package dev.oriel.app.text;

/// Text as a text area holds it: each line break is a line feed, and there are no control
/// characters but tabs. A text area drops the others, so that a text with them is changed by being
/// shown, and lines that end with carriage returns only would become one. Pure.
public final class FieldText {
    private FieldText() {}

    public static String of(String text) {
        StringBuilder out = null;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean kept = c == '\n' || c == '\t' || (c >= ' ' && c != 0x7F);
            if (!kept && out == null) {
                out = new StringBuilder(length).append(text, 0, i);
            }
            if (out != null) {
                if (kept) {
                    out.append(c);
                } else if (c == '\r' && (i + 1 == length || text.charAt(i + 1) != '\n')) {
                    out.append('\n');
                }
            }
        }
        return out == null ? text : out.toString();
    }
}
