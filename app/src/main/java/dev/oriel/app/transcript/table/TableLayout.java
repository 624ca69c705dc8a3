package dev.oriel.app.transcript.table;

import dev.oriel.app.text.RightToLeft;
import dev.oriel.app.transcript.document.DirectionRuns;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// A table as lines of text with tab stops. Pure; on any thread.
///
/// @param width of the table, pixels
/// @param columns the widths that were chosen
public record TableLayout(List<TableLine> lines, int width, Columns columns) {
    private static final TextStyle PLAIN = TextStyle.of(CellMeasure.CELL);
    private static final TextStyle THIN = PLAIN.withClass("thin");

    /// Distances relative to the font size: between columns, and the least width of a column.
    private static final double GAP = 1.8;

    private static final double LEAST = 3.5;

    /// The greatest least width, and the width that columns get in a table that is scrolled.
    private static final double LONGEST_WORD = 11;

    private static final double COMFORTABLE = 18;

    /// The widths of the columns of a table, with which more rows of it can be laid out.
    public static final class Columns {
        private final ColumnWidths widths;

        private Columns(ColumnWidths widths) {
            this.widths = widths;
        }
    }

    /// Lays out a table.
    ///
    /// @param room for the table, pixels
    public static TableLayout of(Table table, int room, CellMeasure measure) {
        List<List<CellText>> texts = texts(table, measure);
        return of(table, texts, widths(table, texts, room, measure.size()));
    }

    /// Lays out more rows of a table.
    ///
    /// @return null if they need other widths
    public static @Nullable TableLayout of(Table rows, Columns columns, CellMeasure measure) {
        List<List<CellText>> texts = texts(rows, measure);
        int[] widths = columns.widths.columns();
        for (List<CellText> row : texts) {
            for (int c = 0; c < row.size(); c++) {
                if (c >= widths.length || !fits(row.get(c), widths[c] + 0.5, measure)) {
                    return null;
                }
            }
        }
        return of(rows, texts, columns.widths);
    }

    private static boolean fits(CellText cell, double width, CellMeasure measure) {
        return cell.natural() <= width
                || Math.min(cell.longestWord(), measure.size() * LONGEST_WORD) <= width;
    }

    private static List<List<CellText>> texts(Table table, CellMeasure measure) {
        List<List<CellText>> texts = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            List<CellText> cells = new ArrayList<>();
            row.cells().forEach(cell -> cells.add(new CellText(cell.lines(), measure)));
            texts.add(cells);
        }
        return texts;
    }

    private static TableLayout of(Table table, List<List<CellText>> texts, ColumnWidths widths) {
        int[] starts = widths.starts();
        List<TableLine> lines = new ArrayList<>();
        for (int r = 0; r < texts.size(); r++) {
            Table.Row row = table.rows().get(r);
            addRow(row, texts.get(r), r < table.headers(), widths, starts, lines);
        }
        return new TableLayout(lines, widths.total(), new Columns(widths));
    }

    private static ColumnWidths widths(
            Table table, List<List<CellText>> texts, int room, double size) {
        int gap = (int) Math.round(size * GAP);
        int[] natural = new int[table.columns()];
        for (List<CellText> row : texts) {
            for (int c = 0; c < row.size(); c++) {
                natural[c] = Math.max(natural[c], (int) Math.ceil(row.get(c).natural()));
            }
        }
        // Only if the table does not fit as it is, its words are measured.
        long total = gap * (natural.length - 1L);
        for (int width : natural) {
            total += width;
        }
        int[] least = natural.clone();
        if (total > room) {
            for (int c = 0; c < least.length; c++) {
                least[c] = Math.min(natural[c], least(texts, c, size));
            }
        }
        return ColumnWidths.fit(natural, least, room, gap, (int) (size * COMFORTABLE));
    }

    private static int least(List<List<CellText>> texts, int column, double size) {
        double most = size * LONGEST_WORD;
        double least = size * LEAST;
        for (List<CellText> row : texts) {
            if (column < row.size() && row.get(column).natural() > least) {
                least = Math.max(least, Math.min(most, row.get(column).longestWord()));
            }
            if (least >= most) {
                break;
            }
        }
        return (int) Math.ceil(least);
    }

    private static void addRow(
            Table.Row row,
            List<CellText> texts,
            boolean header,
            ColumnWidths widths,
            int[] starts,
            List<TableLine> out) {
        List<List<CellText.Line>> cells = new ArrayList<>();
        int height = 1;
        for (int c = 0; c < texts.size(); c++) {
            cells.add(texts.get(c).wrap(widths.columns()[c] + 0.5));
            height = Math.max(height, cells.get(c).size());
        }
        for (int i = 0; i < height; i++) {
            RowLine line = new RowLine();
            for (int c = 0; c < cells.size(); c++) {
                List<CellText.Line> cell = cells.get(c);
                if (i < cell.size()) {
                    CellText.Line text = cell.get(i);
                    double free = Math.max(0, widths.columns()[c] - text.width());
                    double before =
                            switch (row.cells().get(c).alignment()) {
                                case LEFT -> 0;
                                case CENTER -> free / 2;
                                case RIGHT -> free;
                            };
                    line.add(
                            c,
                            (int) Math.round(starts[c] + before),
                            text.segments(),
                            isFromRight(row.cells().get(c)));
                } else {
                    line.add(c, starts[c], List.of(), false);
                }
            }
            out.add(
                    new TableLine(
                            line.segments(),
                            line.tabStops,
                            i == 0,
                            i == height - 1,
                            header,
                            row.source()));
        }
    }

    /// Whether the order of the words of a cell is another one than in the row, which is laid out
    /// from the left.
    private static boolean isFromRight(Table.Cell cell) {
        for (List<StyledSegment<String, TextStyle>> line : cell.lines()) {
            for (StyledSegment<String, TextStyle> s : line) {
                int direction = RightToLeft.firstDirection(s.getSegment());
                if (direction != 0) {
                    return direction < 0;
                }
            }
        }
        return false;
    }

    /// Collects the cells of one line. Neighbours in the same style become one segment, because
    /// each one is a node when it is shown.
    private static final class RowLine {
        private final List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
        private final List<Integer> tabStops = new ArrayList<>();
        private final StringBuilder open = new StringBuilder();
        private TextStyle style = PLAIN;

        /// Whether a cell had letters from the right. Digits after them would be taken for theirs.
        private boolean rightToLeft;

        /// @param fromRight whether the words of the cell are read from the right
        void add(
                int column,
                int start,
                List<StyledSegment<String, TextStyle>> cell,
                boolean fromRight) {
            if (column > 0) {
                put("\t", style.equals(BOLD) ? BOLD : PLAIN);
                tabStops.add(start);
            } else if (start > 0) {
                put(" ", PLAIN.withClass(TextStyle.TAB));
                tabStops.add(start);
            }
            rightToLeft = rightToLeft || hasRightToLeft(cell);
            if (rightToLeft) {
                put(" ", THIN.withClass(TextStyle.LEFT_TO_RIGHT));
            }
            if (fromRight) {
                put(" ", THIN.withClass(TextStyle.FROM_RIGHT));
            }
            for (StyledSegment<String, TextStyle> s : cell) {
                put(s.getSegment(), s.getStyle());
            }
            if (fromRight) {
                put(" ", THIN.withClass(TextStyle.FROM_RIGHT_END));
            }
        }

        private static boolean hasRightToLeft(List<StyledSegment<String, TextStyle>> cell) {
            return cell.stream().anyMatch(s -> RightToLeft.isIn(s.getSegment()));
        }

        private void put(String text, TextStyle ink) {
            if (!ink.equals(style)) {
                flush();
                style = ink;
            }
            open.append(text);
        }

        private void flush() {
            if (!open.isEmpty()) {
                segments.add(new StyledSegment<>(open.toString(), style));
                open.setLength(0);
            }
        }

        List<StyledSegment<String, TextStyle>> segments() {
            flush();
            if (DirectionRuns.isRightToLeft(segments)) {
                // Without it the whole row would be laid out from the right.
                segments.addFirst(
                        new StyledSegment<>(" ", THIN.withClass(TextStyle.LEFT_TO_RIGHT)));
            }
            return segments;
        }
    }

    private static final TextStyle BOLD = PLAIN.withClass("strong");
}
