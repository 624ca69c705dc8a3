package dev.oriel.app.transcript.diff;

import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// The rows of one or more diffs.
///
/// @param rows one paragraph each
/// @param changes index of the first row of each change, in order
/// @param hiddenLines number of lines that are not shown because there are too many
public record RenderedDiff(List<Row> rows, List<Integer> changes, int hiddenLines) {
    public RenderedDiff {
        rows = List.copyOf(rows);
        changes = List.copyOf(changes);
    }

    /// One paragraph.
    public record Row(ParagraphStyle par, List<StyledSegment<String, TextStyle>> text) {}
}
