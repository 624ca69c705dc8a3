package dev.oriel.app.text;

/// Text as it really is: characters that hide, reorder or push other text out of sight are written
/// out by their code point, so that what a person allows is what they see.
public final class EscapedText {
    private static final int LONGEST_GAP = 16;
    private static final int MOST_EMPTY_LINES = 3;

    private EscapedText() {}

    /// The same text with every control, format, private, unassigned and odd space character shown
    /// like `⟨U+202E⟩`, and long gaps like `⟨40 spaces⟩`. Line breaks stay, a tab becomes four
    /// spaces.
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int run = run(text, i, c);
            if ((c == ' ' || c == '\t') && run > LONGEST_GAP) {
                out.append('⟨').append(run).append(c == ' ' ? " spaces⟩" : " tabs⟩");
                i += run;
            } else if (c == '\n' && run > MOST_EMPTY_LINES + 1) {
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
        } else if (hides(c)) {
            out.append(String.format("⟨U+%04X⟩", c));
        } else {
            out.appendCodePoint(c);
        }
    }

    private static boolean hides(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    true;
            default -> blank(c);
        };
    }

    /// Letters and marks that show nothing: fillers of Hangul, the braille blank, variation
    /// selectors, the joiner of graphemes.
    private static boolean blank(int c) {
        return c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x2800
                || c == 0x034F
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0100 && c <= 0xE01EF);
    }
}
