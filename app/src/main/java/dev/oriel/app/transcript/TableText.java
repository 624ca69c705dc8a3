package dev.oriel.app.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;
import org.fxmisc.richtext.model.StyledSegment;

/// A table as lines of fixed-width text. Cells that are too wide for their column go on in further
/// lines: nothing is cut off.
final class TableText {
    private static final int GAP = 3;
    private static final int MIN_WIDTH = 6;

    private TableText() {}

    record Row(
            List<StyledSegment<String, Ink>> segments,
            boolean firstOfRow,
            boolean lastOfRow,
            boolean lastOfHeader) {}

    private record Cell(List<StyledSegment<String, Ink>> text, TableCell.Alignment alignment) {
        int width() {
            return text.stream().mapToInt(s -> Columns.width(s.getSegment())).sum();
        }
    }

    /// @param room characters in a line
    static List<Row> layout(TableBlock table, int room) {
        List<List<Cell>> rows = new ArrayList<>();
        int headers = 0;
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                List<Cell> cells = new ArrayList<>();
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    if (cell instanceof TableCell c) {
                        headers += c.isHeader() && cells.isEmpty() ? 1 : 0;
                        cells.add(cell(c));
                    }
                }
                rows.add(cells);
            }
        }
        int[] widths = widths(rows, room);
        List<Row> out = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), widths, i == headers - 1, out);
        }
        return out;
    }

    private static Cell cell(TableCell c) {
        Ink ink = c.isHeader() ? Ink.of("mono", "strong") : Ink.of("mono");
        List<StyledSegment<String, Ink>> flat = new ArrayList<>();
        for (List<StyledSegment<String, Ink>> r : new Inlines(ink).rows(c)) {
            if (!flat.isEmpty()) {
                flat.add(new StyledSegment<>(" ", ink));
            }
            flat.addAll(r);
        }
        TableCell.Alignment a = c.getAlignment();
        return new Cell(flat, a == null ? TableCell.Alignment.LEFT : a);
    }

    /// Every column gets what it needs while there is room; then the widest give.
    private static int[] widths(List<List<Cell>> rows, int room) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<Cell> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                widths[c] = Math.max(widths[c], Math.max(1, row.get(c).width()));
            }
        }
        int over = Arrays.stream(widths).sum() + GAP * (columns - 1) - room;
        while (over > 0) {
            int widest = 0;
            for (int c = 1; c < columns; c++) {
                if (widths[c] > widths[widest]) {
                    widest = c;
                }
            }
            if (widths[widest] <= MIN_WIDTH) {
                break;
            }
            int take = Math.max(1, Math.min(over, (widths[widest] - MIN_WIDTH) / 8));
            widths[widest] -= take;
            over -= take;
        }
        return widths;
    }

    private static void row(List<Cell> cells, int[] widths, boolean header, List<Row> out) {
        List<List<List<StyledSegment<String, Ink>>>> wrapped = new ArrayList<>();
        int height = 1;
        for (int c = 0; c < cells.size(); c++) {
            wrapped.add(Columns.wrap(cells.get(c).text(), widths[c]));
            height = Math.max(height, wrapped.get(c).size());
        }
        Ink blank = Ink.of("mono");
        for (int line = 0; line < height; line++) {
            List<StyledSegment<String, Ink>> segments = new ArrayList<>();
            for (int c = 0; c < cells.size(); c++) {
                List<List<StyledSegment<String, Ink>>> cell = wrapped.get(c);
                List<StyledSegment<String, Ink>> text =
                        line < cell.size() ? cell.get(line) : List.of();
                int used = text.stream().mapToInt(s -> Columns.width(s.getSegment())).sum();
                int free = Math.max(0, widths[c] - used);
                int before =
                        switch (cells.get(c).alignment()) {
                            case LEFT -> 0;
                            case CENTER -> free / 2;
                            case RIGHT -> free;
                        };
                int after = free - before + (c < cells.size() - 1 ? GAP : 0);
                segments.add(new StyledSegment<>(" ".repeat(before), blank));
                segments.addAll(text);
                segments.add(new StyledSegment<>(" ".repeat(after), blank));
            }
            segments.removeIf(s -> s.getSegment().isEmpty());
            boolean last = line == height - 1;
            out.add(new Row(segments, line == 0, last, last && header));
        }
    }
}
