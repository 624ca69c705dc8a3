package dev.oriel.app.transcript;

import dev.oriel.app.text.RightToLeft;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Which way a paragraph reads, and how its runs are kept in order: a run ends where a segment of
/// text ends, so the runs of [RightToLeft] become segments of their own.
final class Direction {
    private static final String LETTERS = "rtl-letters";

    private Direction() {}

    /// Whether the first letter with a direction reads from right to left.
    static boolean fromTheRight(List<StyledSegment<String, Ink>> line) {
        for (StyledSegment<String, Ink> segment : line) {
            int direction = RightToLeft.firstDirection(segment.getSegment());
            if (direction != 0) {
                return direction < 0;
            }
        }
        return false;
    }

    /// The same line, in which right-to-left letters are segments apart from all others.
    static List<StyledSegment<String, Ink>> inRuns(List<StyledSegment<String, Ink>> line) {
        if (line.stream().noneMatch(s -> RightToLeft.isIn(s.getSegment()))) {
            return line;
        }
        List<StyledSegment<String, Ink>> out = new ArrayList<>();
        for (StyledSegment<String, Ink> segment : line) {
            String text = segment.getSegment();
            for (RightToLeft.Run run : RightToLeft.runs(text)) {
                Ink ink = segment.getStyle();
                out.add(
                        new StyledSegment<>(
                                text.substring(run.from(), run.to()),
                                run.letters() ? ink.and(LETTERS) : ink));
            }
        }
        return out;
    }
}
