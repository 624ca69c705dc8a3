package dev.oriel.app.transcript.markdown;

import java.util.regex.Pattern;

/// Text in columns of a fixed-width font.
public final class TextColumns {
    private TextColumns() {}

    /// A grapheme cluster, which users perceive as one character.
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private static final int EMOJI_STYLE = 0xfe0f;

    /// The number of columns of a text: none for combining marks, two for East Asian wide
    /// characters and for each emoji, however many code points it has.
    public static int width(String text) {
        // A large table has very many texts, so without a stream.
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x300) {
                return GRAPHEME.matcher(text).results().mapToInt(g -> widthOfOne(g.group())).sum();
            }
        }
        return text.length();
    }

    private static int widthOfOne(String grapheme) {
        boolean emoji =
                grapheme.codePoints()
                        .anyMatch(c -> c == EMOJI_STYLE || Character.isEmojiPresentation(c));
        return emoji ? 2 : grapheme.codePoints().map(TextColumns::width).max().orElse(0);
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        boolean wide =
                (c >= 0x1100 && c <= 0x115f)
                        || (c >= 0x2e80 && c <= 0xa4cf)
                        || (c >= 0xac00 && c <= 0xd7a3)
                        || (c >= 0xf900 && c <= 0xfaff)
                        || (c >= 0xfe30 && c <= 0xfe6f)
                        || (c >= 0xff00 && c <= 0xff60)
                        || (c >= 0x1f300 && c <= 0x1faff);
        return wide ? 2 : 1;
    }
}
