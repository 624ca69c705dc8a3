package dev.oriel.app.transcript.table;

import dev.oriel.app.transcript.document.TextStyle;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.StyledSegment;

/// The text of one cell: its widths, and its lines in a column of a given width.
final class CellText {
    /// A grapheme cluster, which users perceive as one character.
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private final List<List<StyledSegment<String, TextStyle>>> rows;
    private final CellMeasure measure;
    private final double natural;

    CellText(List<List<StyledSegment<String, TextStyle>>> rows, CellMeasure measure) {
        this.rows = rows;
        this.measure = measure;
        this.natural = rows.stream().mapToDouble(this::width).max().orElse(0);
    }

    /// One line of a cell.
    ///
    /// @param width pixels
    record Line(List<StyledSegment<String, TextStyle>> segments, double width) {}

    /// The width without any line break of its own, pixels.
    double natural() {
        return natural;
    }

    /// The width of the widest part that is not broken if possible, pixels.
    double longestWord() {
        double longest = 0;
        for (List<StyledSegment<String, TextStyle>> row : rows) {
            for (Line piece : pieces(row)) {
                longest = Math.max(longest, piece.width());
            }
        }
        return longest;
    }

    /// The lines in a column: broken where the language allows it, within a word only if the word
    /// is wider than the column.
    List<Line> wrap(double width) {
        List<Line> lines = new ArrayList<>();
        for (List<StyledSegment<String, TextStyle>> row : rows) {
            double whole = width(row);
            if (whole <= width) {
                lines.add(new Line(row, whole));
                continue;
            }
            List<StyledSegment<String, TextStyle>> line = new ArrayList<>();
            double used = 0;
            double visible = 0;
            for (Line piece : pieces(row)) {
                if (used > 0 && used + piece.width() > width) {
                    lines.add(new Line(line, visible));
                    line = new ArrayList<>();
                    used = 0;
                }
                for (Line part : piece.width() <= width ? List.of(piece) : broken(piece, width)) {
                    if (used > 0 && used + part.width() > width) {
                        lines.add(new Line(line, visible));
                        line = new ArrayList<>();
                        used = 0;
                    }
                    line.addAll(part.segments());
                    visible = used + part.width();
                    used += withBlanks(part.segments());
                }
            }
            lines.add(new Line(line, visible));
        }
        return lines;
    }

    private double withBlanks(List<StyledSegment<String, TextStyle>> segments) {
        double sum = 0;
        for (StyledSegment<String, TextStyle> s : segments) {
            sum += measure.width(s.getSegment(), s.getStyle());
        }
        return sum;
    }

    /// The width without the blanks at the end.
    private double width(List<StyledSegment<String, TextStyle>> segments) {
        double sum = 0;
        for (int i = 0; i < segments.size(); i++) {
            StyledSegment<String, TextStyle> s = segments.get(i);
            String text = s.getSegment();
            sum +=
                    measure.width(
                            i == segments.size() - 1 ? text.stripTrailing() : text, s.getStyle());
        }
        return sum;
    }

    /// The parts between which a line can be broken.
    private List<Line> pieces(List<StyledSegment<String, TextStyle>> row) {
        StringBuilder all = new StringBuilder();
        row.forEach(s -> all.append(s.getSegment()));
        String text = all.toString();
        List<Line> pieces = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
        breaks.setText(text);
        int from = breaks.first();
        // The first segment that is not wholly in the pieces so far, and where it starts.
        int segment = 0;
        int start = 0;
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            while (start + row.get(segment).getSegment().length() <= from) {
                start += row.get(segment++).getSegment().length();
            }
            List<StyledSegment<String, TextStyle>> part =
                    part(row.subList(segment, row.size()), from - start, to - start);
            pieces.add(new Line(part, width(part)));
            from = to;
        }
        return pieces;
    }

    private static List<StyledSegment<String, TextStyle>> part(
            List<StyledSegment<String, TextStyle>> row, int from, int to) {
        List<StyledSegment<String, TextStyle>> part = new ArrayList<>();
        int at = 0;
        for (StyledSegment<String, TextStyle> s : row) {
            if (at >= to) {
                break;
            }
            int end = at + s.getSegment().length();
            if (end > from) {
                String text =
                        s.getSegment().substring(Math.max(from, at) - at, Math.min(to, end) - at);
                part.add(new StyledSegment<>(text, s.getStyle()));
            }
            at = end;
        }
        return part;
    }

    /// A part that is wider than the column, broken between characters.
    private List<Line> broken(Line piece, double width) {
        List<Line> parts = new ArrayList<>();
        for (StyledSegment<String, TextStyle> s : piece.segments()) {
            String text = s.getSegment();
            int from = 0;
            int end = 0;
            double used = 0;
            var clusters = CLUSTER.matcher(text);
            while (clusters.find()) {
                double one = measure.width(clusters.group(), s.getStyle());
                if (end > from && used + one > width && !clusters.group().isBlank()) {
                    parts.add(new Line(part(List.of(s), from, end), used));
                    from = end;
                    used = 0;
                }
                used += clusters.group().isBlank() ? 0 : one;
                end = clusters.end();
            }
            parts.add(new Line(part(List.of(s), from, end), used));
        }
        return parts;
    }
}
