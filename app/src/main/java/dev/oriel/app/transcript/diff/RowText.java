package dev.oriel.app.transcript.diff;

import dev.oriel.app.transcript.document.DirectionRuns;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Segments that position other segments.
final class RowText {
    /// The style class of the tab between the two sides of a row. The background of the row changes
    /// there.
    static final String SPLIT = "split";

    private static final TextStyle BLANK = TextStyle.of("mono");
    private static final TextStyle THIN = BLANK.withClass("thin");
    private static final TextStyle TO_RIGHT_SIDE = BLANK.withClass(TextStyle.TAB).withClass(SPLIT);

    private RowText() {}

    /// Code is read from the left also if its first letters are right-to-left.
    static void keepLeftToRight(List<StyledSegment<String, TextStyle>> segments) {
        if (DirectionRuns.isRightToLeft(segments)) {
            segments.addFirst(
                    new StyledSegment<>(
                            " ", BLANK.withClass("thin").withClass(TextStyle.LEFT_TO_RIGHT)));
        }
    }

    /// Leads to the next tab stop. It is as many blanks as the columns between, so that copied text
    /// is aligned.
    static void tab(int columns, List<StyledSegment<String, TextStyle>> segments) {
        segments.add(new StyledSegment<>(" ".repeat(columns - 1), THIN));
        segments.add(new StyledSegment<>(" ", TO_RIGHT_SIDE));
    }
}
