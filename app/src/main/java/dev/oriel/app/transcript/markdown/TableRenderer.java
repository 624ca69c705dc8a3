package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.DirectionRuns;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;
import org.fxmisc.richtext.model.StyledSegment;

/// Renders a table as lines of fixed-width text. A cell that is too wide for its column continues
/// in further lines, so nothing is cut off.
///
/// Between two cells are spaces, so that a copied table is aligned. The first one is drawn as a tab
/// and the others take no room, because letters of other scripts are not as wide as a whole number
/// of columns.
public final class TableRenderer {
    /// The style class of a space that leads to the next of the line's `ParagraphStyle.tabStops`.
    public static final String TAB = "tab";

    /// The style class of a space that keeps a row left-to-right although its first letters are
    /// right-to-left.
    public static final String LEFT_TO_RIGHT = "left-to-right";

    private static final int GAP = 3;
    private static final int MIN_WIDTH = 6;

    private static final TextStyle BLANK = TextStyle.of("mono");

    private TableRenderer() {}

    record Row(
            List<StyledSegment<String, TextStyle>> segments,
            List<Integer> tabs,
            boolean firstOfRow,
            boolean lastOfRow,
            boolean lastOfHeader) {}

    private record Cell(
            List<StyledSegment<String, TextStyle>> text, TableCell.Alignment alignment) {
        int width() {
            return text.stream().mapToInt(s -> TextColumns.width(s.getSegment())).sum();
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
        TextStyle ink = c.isHeader() ? TextStyle.of("mono", "strong") : TextStyle.of("mono");
        List<StyledSegment<String, TextStyle>> flat = new ArrayList<>();
        for (List<StyledSegment<String, TextStyle>> r : new InlineRenderer(ink).rows(c)) {
            if (!flat.isEmpty()) {
                flat.add(new StyledSegment<>(" ", ink));
            }
            flat.addAll(r);
        }
        TableCell.Alignment a = c.getAlignment();
        return new Cell(flat, a == null ? TableCell.Alignment.LEFT : a);
    }

    /// Every column is as wide as it needs to be while there is room; else the widest ones shrink.
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
        List<List<List<StyledSegment<String, TextStyle>>>> wrapped = new ArrayList<>();
        int height = 1;
        for (int c = 0; c < cells.size(); c++) {
            wrapped.add(TextColumns.wrap(cells.get(c).text(), widths[c]));
            height = Math.max(height, wrapped.get(c).size());
        }
        for (int line = 0; line < height; line++) {
            List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
            List<Integer> tabs = new ArrayList<>();
            int column = 0;
            int blanks = 0;
            for (int c = 0; c < cells.size(); c++) {
                List<List<StyledSegment<String, TextStyle>>> cell = wrapped.get(c);
                List<StyledSegment<String, TextStyle>> text =
                        line < cell.size() ? cell.get(line) : List.of();
                int used = text.stream().mapToInt(s -> TextColumns.width(s.getSegment())).sum();
                int free = Math.max(0, widths[c] - used);
                int before =
                        switch (cells.get(c).alignment()) {
                            case LEFT -> 0;
                            case CENTER -> free / 2;
                            case RIGHT -> free;
                        };
                blanks += before;
                if (blanks > 0) {
                    tabs.add(column + before);
                    tab(blanks, segments);
                }
                segments.addAll(text);
                column += widths[c] + GAP;
                blanks = free - before + GAP;
            }
            segments.add(new StyledSegment<>(" ".repeat(Math.max(0, blanks - GAP)), BLANK));
            segments.removeIf(s -> s.getSegment().isEmpty());
            if (DirectionRuns.isRightToLeft(segments)) {
                // Without it the whole row would be laid out from the right.
                segments.addFirst(
                        new StyledSegment<>(" ", BLANK.withClass("thin").withClass(LEFT_TO_RIGHT)));
            }
            boolean last = line == height - 1;
            out.add(new Row(segments, tabs, line == 0, last, last && header));
        }
    }

    private static void tab(int blanks, List<StyledSegment<String, TextStyle>> segments) {
        segments.add(new StyledSegment<>(" ".repeat(blanks - 1), BLANK.withClass("thin")));
        segments.add(new StyledSegment<>(" ", BLANK.withClass(TAB)));
    }
}
