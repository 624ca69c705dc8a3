package dev.oriel.app.transcript.copy;

import dev.oriel.app.transcript.copy.ParagraphsWriter.Part;
import java.util.ArrayList;
import java.util.List;

/// Writes rows of a table as a table. Its first row becomes the header, because Markdown has no
/// table without one.
final class TableRows {
    private TableRows() {}

    static String write(List<Part> rows) {
        List<List<String>> cells = new ArrayList<>();
        for (Part row : rows) {
            cells.add(cells(row));
        }
        int columns = cells.stream().mapToInt(List::size).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            out.append(i > 0 ? "\n" : "").append('|');
            for (int c = 0; c < columns; c++) {
                String cell = c < cells.get(i).size() ? cells.get(i).get(c) : "";
                out.append(' ').append(cell.replace("|", "\\|")).append(" |");
            }
            if (i == 0) {
                out.append("\n|").append("---|".repeat(columns));
            }
        }
        return out.toString();
    }

    /// The cells of a row: between two are segments that are drawn as space.
    private static List<String> cells(Part row) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        int start = row.from();
        boolean gap = true;
        for (var segment : row.paragraph().getStyledSegments()) {
            int end = at + segment.getSegment().length();
            List<String> classes = segment.getStyle().classes();
            boolean isFill = segment.getSegment().isBlank() && end == row.paragraph().length();
            boolean isGap = classes.contains("tab") || classes.contains("thin") || isFill;
            if (isGap && !gap) {
                add(cells, row, start, at);
            }
            if (!isGap && gap) {
                start = Math.max(row.from(), at);
            }
            gap = isGap;
            at = end;
        }
        if (!gap) {
            add(cells, row, start, at);
        }
        return cells;
    }

    private static void add(List<String> cells, Part row, int from, int to) {
        int start = Math.max(from, row.from());
        int end = Math.min(to, row.to());
        if (start < end) {
            String text =
                    InlineWriter.write(row.paragraph().getStyledSegments(), start, end).strip();
            // Headers are bold by themselves.
            boolean bold = row.is("table-head") && text.startsWith("**") && text.endsWith("**");
            cells.add(bold && text.length() > 4 ? text.substring(2, text.length() - 2) : text);
        }
    }
}
