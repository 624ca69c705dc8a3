package dev.oriel.app.transcript.document;

import dev.oriel.app.text.RightToLeft;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// The direction of paragraphs, and the order of their runs. A run ends where a segment of text
/// ends, so the runs of [RightToLeft] become segments.
public final class DirectionRuns {
    private static final String LETTERS = "rtl-letters";

    private DirectionRuns() {}

    /// Whether the first letter with a direction is right-to-left.
    public static boolean isRightToLeft(List<StyledSegment<String, TextStyle>> line) {
        for (StyledSegment<String, TextStyle> segment : line) {
            int direction = RightToLeft.firstDirection(segment.getSegment());
            if (direction != 0) {
                return direction < 0;
            }
        }
        return false;
    }

    /// The line with right-to-left letters in segments of their own.
    static List<StyledSegment<String, TextStyle>> split(
            List<StyledSegment<String, TextStyle>> line) {
        if (line.stream().noneMatch(s -> RightToLeft.isIn(s.getSegment()))) {
            return line;
        }
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        for (StyledSegment<String, TextStyle> segment : line) {
            String text = segment.getSegment();
            for (RightToLeft.Run run : RightToLeft.runs(text)) {
                TextStyle ink = segment.getStyle();
                out.add(
                        new StyledSegment<>(
                                text.substring(run.from(), run.to()),
                                run.rightToLeft() ? ink.withClass(LETTERS) : ink));
            }
        }
        return out;
    }
}
