package dev.oriel.app.transcript.document;

import dev.oriel.app.controls.EmojiFont;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Puts emoji into segments of their own, which are drawn in the emoji font.
final class EmojiRuns {
    private EmojiRuns() {}

    /// The line with emoji in segments of their own.
    static List<StyledSegment<String, TextStyle>> split(
            List<StyledSegment<String, TextStyle>> line) {
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        for (StyledSegment<String, TextStyle> segment : line) {
            String text = segment.getSegment();
            int from = 0;
            for (int[] emoji : EmojiFont.ranges(text)) {
                if (emoji[0] > from) {
                    out.add(part(text, from, emoji[0], segment.getStyle()));
                }
                TextStyle ink = segment.getStyle().withClass(EmojiFont.STYLE_CLASS);
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

    private static StyledSegment<String, TextStyle> part(
            String text, int from, int to, TextStyle ink) {
        return new StyledSegment<>(text.substring(from, to), ink);
    }
}
