package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import java.util.List;

/// An arrangement of the two sides of a diff. Lines are rendered in the order of the file.
interface SideRows {
    /// The rows of an unchanged line.
    List<RenderedDiff.Row> kept(Line line);

    /// Adds the rows of a change, up to the greatest number of rows.
    ///
    /// @return number of lines that were left out
    int changed(Part.Changed part, List<RenderedDiff.Row> rows);
}
