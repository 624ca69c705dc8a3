package dev.oriel.app.transcript;

import dev.oriel.app.controls.EmojiFont;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Emoji as runs of their own, which the font for emoji draws.
final class Emoji {
    private Emoji() {}

    /// The same line, in which emoji are segments apart from all others.
    static List<StyledSegment<String, Ink>> inRuns(List<StyledSegment<String, Ink>> line) {
        List<StyledSegment<String, Ink>> out = new ArrayList<>();
        for (StyledSegment<String, Ink> segment : line) {
            String text = segment.getSegment();
            int from = 0;
            for (int[] emoji : EmojiFont.ranges(text)) {
                if (emoji[0] > from) {
                    out.add(part(text, from, emoji[0], segment.getStyle()));
                }
                Ink ink = segment.getStyle().and(EmojiFont.STYLE_CLASS);
                out.add(part(text, emoji[0], emoji[1], ink));
                from = emoji[1];
            }
            if (from == 0) {
                out.add(segment);
            } else if (from < text.length()) {
                out.add(part(text, from, text.length(), segment.getStyle()));
            }
        }
        return out;
    }

    private static StyledSegment<String, Ink> part(String text, int from, int to, Ink ink) {
        return new StyledSegment<>(text.substring(from, to), ink);
    }
}
