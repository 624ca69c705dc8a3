package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Mark;
import dev.oriel.app.highlight.Spans;
import dev.oriel.app.transcript.document.SyntaxRuns;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// The text of one line with its colours and marks, in pieces that fit a column.
final class CodeText {
    private CodeText() {}

    /// A piece of a line as segments. Each tab is a segment of its own.
    ///
    /// @param tabs where each tab ends, columns from the start of the piece
    /// @param text as it is copied
    record Piece(
            List<StyledSegment<String, TextStyle>> segments,
            int columns,
            List<Integer> tabs,
            String text) {
        static final Piece EMPTY = new Piece(List.of(), 0, List.of(), "");
    }

    /// @param mark style class of the parts of the line that changed
    /// @param width of the column, characters of code
    /// @param longest the most characters that are shown
    static List<Piece> pieces(Line line, Spans spans, String mark, int width, int longest) {
        List<StyledSegment<String, TextStyle>> all =
                marked(SyntaxRuns.split(line.text(), spans, TextStyle.CODE), line.marks(), mark);
        all = withoutBlanks(all);
        String text = line.text();
        if (text.length() > longest) {
            all = excerpt(all, line, longest);
            StringBuilder cut = new StringBuilder();
            all.forEach(s -> cut.append(s.getSegment()));
            text = cut.toString();
        }
        List<Piece> pieces = new ArrayList<>();
        for (CodeWrap.Piece piece : CodeWrap.pieces(text, width)) {
            pieces.add(
                    new Piece(
                            withTabs(slice(all, piece.from(), piece.to())),
                            piece.columns(),
                            piece.tabs(),
                            text.substring(piece.from(), piece.to())));
        }
        return pieces;
    }

    /// The segments with blanks joined to what follows them. The time to show a line grows with the
    /// number of its segments, and blanks have no colour.
    private static List<StyledSegment<String, TextStyle>> withoutBlanks(
            List<StyledSegment<String, TextStyle>> segments) {
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        String blanks = "";
        for (StyledSegment<String, TextStyle> segment : segments) {
            boolean plain = segment.getStyle().equals(TextStyle.CODE);
            boolean marked =
                    segment.getStyle().classes().stream().anyMatch(c -> c.startsWith("diff-"));
            if (plain && segment.getSegment().isBlank()) {
                blanks += segment.getSegment();
            } else if (blanks.isEmpty() || marked) {
                addBlanks(out, blanks);
                blanks = "";
                out.add(segment);
            } else {
                out.add(new StyledSegment<>(blanks + segment.getSegment(), segment.getStyle()));
                blanks = "";
            }
        }
        addBlanks(out, blanks);
        return out;
    }

    private static void addBlanks(List<StyledSegment<String, TextStyle>> out, String blanks) {
        if (!blanks.isEmpty()) {
            out.add(new StyledSegment<>(blanks, TextStyle.CODE));
        }
    }

    private static List<StyledSegment<String, TextStyle>> marked(
            List<StyledSegment<String, TextStyle>> segments, List<Mark> marks, String mark) {
        if (marks.isEmpty()) {
            return segments;
        }
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        int at = 0;
        for (StyledSegment<String, TextStyle> segment : segments) {
            int end = at + segment.getSegment().length();
            int from = at;
            for (Mark m : marks) {
                int start = Math.clamp(m.from(), from, end);
                int stop = Math.clamp(m.to(), start, end);
                if (stop > start) {
                    add(out, segment, from - at, start - at, segment.getStyle());
                    add(out, segment, start - at, stop - at, segment.getStyle().withClass(mark));
                    from = stop;
                }
            }
            add(out, segment, from - at, end - at, segment.getStyle());
            at = end;
        }
        return out;
    }

    private static void add(
            List<StyledSegment<String, TextStyle>> out,
            StyledSegment<String, TextStyle> segment,
            int from,
            int to,
            TextStyle ink) {
        // Most segments stay as they are. A large diff has many, and all of them are kept.
        if (to <= from) {
            return;
        }
        String text = segment.getSegment();
        boolean same = to - from == text.length() && ink.equals(segment.getStyle());
        out.add(same ? segment : new StyledSegment<>(text.substring(from, to), ink));
    }

    /// The start of a long line, or the surroundings of its first change.
    private static List<StyledSegment<String, TextStyle>> excerpt(
            List<StyledSegment<String, TextStyle>> all, Line line, int longest) {
        String text = line.text();
        int first = line.marks().isEmpty() ? 0 : line.marks().getFirst().from();
        int from = first < longest / 2 ? 0 : Graphemes.prefixEnd(text, first - longest / 4);
        int to = Math.max(from + 1, Graphemes.prefixEnd(text, from + longest));
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        if (from > 0) {
            out.add(omitted("[… %,d characters] ".formatted(from)));
        }
        out.addAll(slice(all, from, to));
        if (to < text.length()) {
            out.add(omitted(" [… %,d more characters in this line]".formatted(text.length() - to)));
        }
        return out;
    }

    private static StyledSegment<String, TextStyle> omitted(String remark) {
        return new StyledSegment<>(remark, TextStyle.of("mono", "quiet"));
    }

    private static List<StyledSegment<String, TextStyle>> slice(
            List<StyledSegment<String, TextStyle>> segments, int from, int to) {
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        int at = 0;
        for (StyledSegment<String, TextStyle> segment : segments) {
            int length = segment.getSegment().length();
            int start = Math.clamp(from - at, 0, length);
            add(out, segment, start, Math.clamp(to - at, start, length), segment.getStyle());
            at += length;
        }
        return out;
    }

    private static List<StyledSegment<String, TextStyle>> withTabs(
            List<StyledSegment<String, TextStyle>> segments) {
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>(segments.size());
        for (StyledSegment<String, TextStyle> segment : segments) {
            String text = segment.getSegment();
            int from = 0;
            for (int i = text.indexOf('\t'); i >= 0; i = text.indexOf('\t', i + 1)) {
                add(out, segment, from, i, segment.getStyle());
                add(out, segment, i, i + 1, segment.getStyle().withClass(TextStyle.TAB));
                from = i + 1;
            }
            add(out, segment, from, text.length(), segment.getStyle());
        }
        return out;
    }
}
