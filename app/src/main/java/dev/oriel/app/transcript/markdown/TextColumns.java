package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.StyledSegment;

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

    /// Breaks styled text into lines of at most `width` columns, after spaces where possible.
    static List<List<StyledSegment<String, TextStyle>>> wrap(
            List<StyledSegment<String, TextStyle>> text, int width) {
        List<List<StyledSegment<String, TextStyle>>> lines = new ArrayList<>();
        List<StyledSegment<String, TextStyle>> line = new ArrayList<>();
        int used = 0;
        for (StyledSegment<String, TextStyle> segment : text) {
            for (String word : segment.getSegment().split("(?<= )")) {
                String rest = word;
                int needed = width(rest.stripTrailing());
                if (used > 0 && used + needed > width) {
                    lines.add(line);
                    line = new ArrayList<>();
                    used = 0;
                }
                while (width(rest.stripTrailing()) > width) {
                    int cut = fitting(rest, width);
                    line.add(new StyledSegment<>(rest.substring(0, cut), segment.getStyle()));
                    lines.add(line);
                    line = new ArrayList<>();
                    rest = rest.substring(cut);
                }
                if (used + width(rest) > width) {
                    rest = rest.stripTrailing();
                }
                if (!rest.isEmpty()) {
                    line.add(new StyledSegment<>(rest, segment.getStyle()));
                    used += width(rest);
                }
            }
        }
        lines.add(line);
        return lines;
    }

    private static int fitting(String text, int width) {
        int used = 0;
        int end = 0;
        Matcher graphemes = GRAPHEME.matcher(text);
        while (graphemes.find()) {
            used += widthOfOne(graphemes.group());
            if (used > width && end > 0) {
                return end;
            }
            end = graphemes.end();
        }
        return end;
    }
}
