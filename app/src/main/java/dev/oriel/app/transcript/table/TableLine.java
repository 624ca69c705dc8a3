package dev.oriel.app.transcript.table;

import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// One line of a laid out table. A row has several if a cell has.
///
/// @param segments the cells, with a tab between two of them
/// @param tabStops where the tabs lead to, pixels
/// @param source what the whole row is copied as
public record TableLine(
        List<StyledSegment<String, TextStyle>> segments,
        List<Integer> tabStops,
        boolean firstOfRow,
        boolean lastOfRow,
        boolean header,
        String source) {}
