package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.document.WideLines;
import dev.oriel.app.transcript.table.Table;
import dev.oriel.app.transcript.table.TableLayout;
import dev.oriel.app.transcript.table.TableLine;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.fxmisc.richtext.model.StyledSegment;

/// The lines of a table as paragraphs that scroll together.
record TableRows(List<Line> lines) {
    /// The least width in which a table is laid out, pixels.
    private static final int LEAST_ROOM = 120;

    /// Room above and below the text of a row, pixels.
    private static final int AROUND = 5;

    /// Room below the last row if there is a scroll bar, pixels.
    private static final int BAR = 12;

    record Line(ParagraphStyle par, List<StyledSegment<String, TextStyle>> segments) {}

    /// @param source the text that the table was parsed from
    /// @param left indentation of the table, pixels
    /// @param group identifies the table in the document
    static TableRows of(
            TableBlock block, String source, MarkdownLayout layout, int left, WideLines group) {
        Table content = TableReader.read(block, source);
        int room = Math.max(LEAST_ROOM, layout.width() - left);
        TableLayout table = TableLayout.of(content, room, layout.measure());
        WideLines wide = new WideLines(group.id(), table.width(), false);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < table.lines().size(); i++) {
            TableLine line = table.lines().get(i);
            boolean last = i == table.lines().size() - 1;
            int below = last && table.width() > room ? BAR : line.lastOfRow() ? AROUND : 0;
            ParagraphStyle par = ParagraphStyle.of("table-row");
            if (line.lastOfRow() && (line.header() || !last)) {
                par = par.withClasses(line.header() ? "table-head" : "table-line");
            }
            par =
                    par.withTabPixels(line.tabStops())
                            .withWide(last ? wide.toLast() : wide)
                            .withCopyText(line.source())
                            .withPadding(line.firstOfRow() ? AROUND : 0, 0, below, 0);
            lines.add(new Line(line.firstOfRow() ? par : par.toContinuation(), line.segments()));
        }
        return new TableRows(lines);
    }
}
