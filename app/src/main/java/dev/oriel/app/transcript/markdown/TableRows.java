package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.document.WideLines;
import dev.oriel.app.transcript.table.TableLayout;
import dev.oriel.app.transcript.table.TableLine;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// The lines of a table as paragraphs that scroll together.
///
/// @param columns the widths of the columns
record TableRows(List<Line> lines, TableLayout.Columns columns) {
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
        int room = room(layout, left);
        TableLayout table = TableLayout.of(TableReader.read(block, source), room, layout.measure());
        return of(table, 0, true, room, group);
    }

    /// Further rows of a table.
    ///
    /// @param block a table with the same header
    /// @param first the first row to be returned; row 0 is the header
    /// @param last whether the table ends with them for now
    /// @return null if they need other widths
    static @Nullable TableRows of(
            TableBlock block,
            String source,
            MarkdownLayout layout,
            WideLines group,
            TableLayout.Columns columns,
            int first,
            boolean last) {
        TableLayout table =
                TableLayout.of(TableReader.read(block, source), columns, layout.measure());
        return table == null ? null : of(table, first, last, room(layout, 0), group);
    }

    private static int room(MarkdownLayout layout, int left) {
        return Math.max(LEAST_ROOM, layout.width() - left);
    }

    private static TableRows of(
            TableLayout table, int first, boolean ends, int room, WideLines group) {
        WideLines wide = new WideLines(group.id(), table.width(), false);
        List<Line> lines = new ArrayList<>();
        int row = -1;
        for (int i = 0; i < table.lines().size(); i++) {
            TableLine line = table.lines().get(i);
            row += line.firstOfRow() ? 1 : 0;
            if (row < first) {
                continue;
            }
            boolean last = ends && i == table.lines().size() - 1;
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
        return new TableRows(lines, table.columns());
    }
}
