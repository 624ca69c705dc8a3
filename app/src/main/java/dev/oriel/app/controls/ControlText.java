package dev.oriel.app.controls;

import dev.oriel.message.Graphemes;

/// Text that a control can show: well-formed, bounded, without characters that a text layout cannot
/// place or that reorder the text beside them. A text without any of those is returned as the same
/// object.
public final class ControlText {
    /// The longest text of one control, UTF-16 units.
    public static final int LONGEST = 4_000;

    /// The longest text of one control in scripts whose letters are shaped, UTF-16 units. Wrapping
    /// takes time that grows with the square of the length.
    private static final int LONGEST_SHAPED = 1_000;

    /// The most combining marks that follow one base character, as in Unicode's stream-safe format.
    private static final int MAX_MARKS = 30;

    private ControlText() {}

    /// Several lines. CR, CRLF, NEL, LS and PS become `\n`.
    public static String of(String text) {
        if (isPlain(text)) {
            return cut(text, LONGEST, text.length());
        }
        String shown = cleaned(head(text));
        return cut(shown, isShaped(shown) ? LONGEST_SHAPED : LONGEST, text.length());
    }

    /// One line. Line breaks become spaces.
    public static String singleLine(String text) {
        String shown = of(text);
        return shown.indexOf('\n') < 0 ? shown : shown.replace('\n', ' ');
    }

    private static String head(String text) {
        return text.length() <= 2 * LONGEST
                ? text
                : text.substring(0, Graphemes.prefixEnd(text, 2 * LONGEST));
    }

    private static String cut(String text, int most, int whole) {
        if (text.length() <= most) {
            return text;
        }
        int end = Graphemes.prefixEnd(text, most);
        return text.substring(0, end) + "\n[… %,d more characters]".formatted(whole - end);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || c >= 0x0300) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShaped(String text) {
        return text.length() > LONGEST_SHAPED
                && text.chars().anyMatch(c -> c >= 0x0590 && c < 0x2000);
    }

    private static String cleaned(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int type = Character.getType(c);
            boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
            marks = mark ? marks + 1 : 0;
            if (marks > MAX_MARKS || isDirectionControl(c)) {
                continue;
            }
            switch (c) {
                case '\n', 0x85, 0x2028, 0x2029 -> out.append('\n');
                case '\t' -> out.append("    ");
                case '\r' -> {
                    if (i >= text.length() || text.charAt(i) != '\n') {
                        out.append('\n');
                    }
                }
                default -> {
                    if (type == Character.SURROGATE || (c & 0xfffe) == 0xfffe) {
                        out.append('\ufffd');
                    } else if (type != Character.CONTROL) {
                        out.appendCodePoint(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /// Embeddings, overrides and isolates: they could reorder the text beside them.
    private static boolean isDirectionControl(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }
}
