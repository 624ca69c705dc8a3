package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.markdown.HtmlRow;
import dev.oriel.app.transcript.document.DirectionRuns;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.table.CellMeasure;
import dev.oriel.app.transcript.table.Table;
import dev.oriel.app.transcript.table.Table.Alignment;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.fxmisc.richtext.model.StyledSegment;

/// Reads the content of a table from the syntax tree.
final class TableReader {
    /// The most columns that are shown. One more says how many there are.
    private static final int MOST_COLUMNS = 400;

    /// The most columns of a table with markup in its cells. Each change of style in a row is a
    /// node on the screen, and the time for the layout of a row grows with the square of their
    /// number.
    private static final int MOST_STYLED_COLUMNS = 40;

    private static final TextStyle PLAIN = TextStyle.of(CellMeasure.CELL);

    private TableReader() {}

    /// @param source the text that the table was parsed from
    static Table read(TableBlock table, String source) {
        List<Table.Row> rows = new ArrayList<>();
        int headers = 0;
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                boolean header = row.getFirstChild() instanceof TableCell first && first.isHeader();
                headers += header ? 1 : 0;
                rows.add(row(row, header, source));
            }
        }
        boolean plain = rows.stream().anyMatch(r -> r.cells().size() > MOST_STYLED_COLUMNS);
        return new Table(plain ? rows.stream().map(TableReader::plain).toList() : rows, headers);
    }

    private static Table.Row row(Node row, boolean header, String source) {
        List<Table.Cell> cells = new ArrayList<>();
        StringBuilder rule = new StringBuilder("|");
        int more = 0;
        for (Node n = row.getFirstChild(); n != null; n = n.getNext()) {
            if (n instanceof TableCell cell) {
                if (cells.size() < MOST_COLUMNS) {
                    cells.add(cell(cell));
                } else {
                    more++;
                }
                rule.append(rule(cell.getAlignment())).append('|');
            }
        }
        if (more > 0) {
            String note = "… %,d more columns".formatted(more);
            cells.add(
                    new Table.Cell(
                            List.of(List.of(new StyledSegment<>(note, PLAIN.withClass("quiet")))),
                            Alignment.LEFT));
        }
        String text = source(row, source);
        return new Table.Row(cells, header ? text + '\n' + rule : text);
    }

    private static Table.Row plain(Table.Row row) {
        return new Table.Row(
                row.cells().stream()
                        .map(c ->
                                new Table.Cell(
                                        c.lines().stream()
                                                .map(line ->
                                                        line.stream()
                                                                .map(TableReader::plain)
                                                                .toList())
                                                .toList(),
                                        c.alignment()))
                        .toList(),
                row.source());
    }

    private static StyledSegment<String, TextStyle> plain(StyledSegment<String, TextStyle> s) {
        return s.getStyle().action() == null ? new StyledSegment<>(s.getSegment(), PLAIN) : s;
    }

    private static String source(Node row, String source) {
        if (row instanceof HtmlRow html) {
            return html.source();
        }
        if (row.getSourceSpans().isEmpty()) {
            return "";
        }
        SourceSpan span = row.getSourceSpans().getFirst();
        int end = span.getInputIndex() + span.getLength();
        return source.substring(span.getInputIndex(), Math.min(end, source.length())).strip();
    }

    private static String rule(TableCell.Alignment alignment) {
        return switch (alignment) {
            case null -> "---";
            case LEFT -> ":--";
            case CENTER -> ":-:";
            case RIGHT -> "--:";
        };
    }

    private static Table.Cell cell(TableCell cell) {
        List<List<StyledSegment<String, TextStyle>>> lines =
                new InlineRenderer(cell.isHeader() ? PLAIN.withClass("strong") : PLAIN).rows(cell);
        // Tabs divide the cells of a line.
        lines.replaceAll(line ->
                line.stream()
                        .map(s ->
                                new StyledSegment<>(
                                        s.getSegment().replace('\t', ' '), s.getStyle()))
                        .toList());
        return new Table.Cell(lines, alignment(cell, lines));
    }

    /// Without a choice of the author, text that is read from the right is aligned to it.
    private static Alignment alignment(
            TableCell cell, List<List<StyledSegment<String, TextStyle>>> lines) {
        return switch (cell.getAlignment()) {
            case null ->
                    !lines.isEmpty() && DirectionRuns.isRightToLeft(lines.getFirst())
                            ? Alignment.RIGHT
                            : Alignment.LEFT;
            case LEFT -> Alignment.LEFT;
            case CENTER -> Alignment.CENTER;
            case RIGHT -> Alignment.RIGHT;
        };
    }
}
