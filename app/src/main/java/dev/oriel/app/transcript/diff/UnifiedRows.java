package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// One column: of lines that replace each other, the removed ones come first.
final class UnifiedRows implements SideRows {
    /// The fewest columns with which both numbers of a line are shown.
    private static final int BOTH_NUMBERS = 72;

    static final String NO_NEWLINE = "No newline at end of file";

    private final DiffView view;
    private final DiffColors colors;
    private final Gutter gutter;
    private final boolean both;

    /// The styles of rows, one object for all rows of a side.
    private final ParagraphStyle kept;

    private final ParagraphStyle removed;
    private final ParagraphStyle added;
    private final int width;

    UnifiedRows(DiffView view, int lastNumber, DiffColors colors) {
        this.view = view;
        this.colors = colors;
        gutter = Gutter.of(lastNumber);
        both = view.columns() >= BOTH_NUMBERS;
        kept = view.line().withClasses("diff-line", "kept");
        removed = view.line().withClasses("diff-line", "removed");
        added = view.line().withClasses("diff-line", "added");
        width = Math.max(8, view.columns() - gutter.width() * (both ? 2 : 1) - 2);
    }

    @Override
    public List<RenderedDiff.Row> kept(Line line) {
        return rows(line, "  ", kept, "");
    }

    @Override
    public int changed(Part.Changed part, List<RenderedDiff.Row> rows) {
        int hidden = 0;
        for (Line line : part.removed()) {
            hidden += add(line, "− ", removed, "diff-removed-word", rows);
        }
        for (Line line : part.added()) {
            hidden += add(line, "+ ", added, "diff-added-word", rows);
        }
        return hidden;
    }

    private int add(
            Line line, String sign, ParagraphStyle par, String mark, List<RenderedDiff.Row> rows) {
        if (rows.size() >= view.most()) {
            return 1;
        }
        rows.addAll(rows(line, sign, par, mark));
        return 0;
    }

    private List<RenderedDiff.Row> rows(Line line, String sign, ParagraphStyle par, String mark) {
        List<RenderedDiff.Row> rows = new ArrayList<>();
        for (CodeText.Piece piece :
                CodeText.pieces(line, colors.of(line), mark, width, view.longest())) {
            boolean first = rows.isEmpty();
            rows.add(row(par, first ? numbers(line) + sign : blank(), piece, !first));
        }
        if (line.withoutNewline()) {
            List<StyledSegment<String, TextStyle>> remark =
                    List.of(
                            Gutter.segment(blank()),
                            new StyledSegment<>(NO_NEWLINE, TextStyle.of("label")));
            rows.add(new RenderedDiff.Row(par.withCopyText("").toContinuation(), remark));
        }
        return rows;
    }

    private String numbers(Line line) {
        if (both) {
            return gutter.number(line.oldNumber()) + gutter.number(line.newNumber());
        }
        return gutter.number(line.newNumber() == 0 ? line.oldNumber() : line.newNumber());
    }

    private String blank() {
        return " ".repeat(gutter.width() * (both ? 2 : 1) + 2);
    }

    private RenderedDiff.Row row(
            ParagraphStyle par, String numbers, CodeText.Piece piece, boolean continuation) {
        List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
        segments.add(Gutter.segment(numbers));
        segments.addAll(piece.segments());
        RowText.keepLeftToRight(segments);
        ParagraphStyle p =
                par.withTabStops(piece.tabs().stream().map(t -> t + numbers.length()).toList());
        return new RenderedDiff.Row(continuation ? p.toContinuation() : p, segments);
    }
}
