package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Pair;
import dev.oriel.app.diff.FileDiff.Part;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// Two columns: the file before at the left, after at the right. Lines that resemble each other are
/// in the same row.
///
/// The right column starts at a tab stop, because letters of some scripts are not as wide as a
/// whole number of columns.
final class SplitRows implements SideRows {
    private final DiffView view;
    private final DiffColors colors;
    private final Gutter gutter;

    /// The styles of rows, one object for all rows with the same sides.
    private final ParagraphStyle kept;

    private final ParagraphStyle removed;
    private final ParagraphStyle added;
    private final ParagraphStyle both;

    /// Columns before the right side.
    private final int half;

    /// Columns of code on each side.
    private final int width;

    SplitRows(DiffView view, int lastNumber, DiffColors colors) {
        this.view = view;
        this.colors = colors;
        gutter = Gutter.of(lastNumber);
        kept = style("left-kept", "right-kept");
        removed = style("left-removed", "right-none");
        added = style("left-none", "right-added");
        both = style("left-removed", "right-added");
        half = view.columns() / 2;
        width = Math.max(4, half - gutter.width() - 3);
    }

    private ParagraphStyle style(String left, String right) {
        return view.line().withClasses("diff-line", "diff-split", left, right);
    }

    @Override
    public List<RenderedDiff.Row> kept(Line line) {
        return rows(line, line, true);
    }

    @Override
    public int changed(Part.Changed part, List<RenderedDiff.Row> rows) {
        int hidden = 0;
        int old = 0;
        int now = 0;
        List<Pair> ends = new ArrayList<>(part.pairs());
        ends.add(new Pair(part.removed().size(), part.added().size()));
        for (Pair end : ends) {
            while (old < end.removed() || now < end.added()) {
                Line left = old < end.removed() ? part.removed().get(old++) : null;
                Line right = now < end.added() ? part.added().get(now++) : null;
                hidden += add(left, right, rows);
            }
            if (end.removed() < part.removed().size() && end.added() < part.added().size()) {
                hidden += add(part.removed().get(old++), part.added().get(now++), rows);
            }
        }
        return hidden;
    }

    private int add(@Nullable Line left, @Nullable Line right, List<RenderedDiff.Row> rows) {
        if (rows.size() >= view.most()) {
            return 1;
        }
        rows.addAll(rows(left, right, false));
        return 0;
    }

    private List<RenderedDiff.Row> rows(@Nullable Line left, @Nullable Line right, boolean kept) {
        ParagraphStyle par =
                kept ? this.kept : left == null ? added : right == null ? removed : both;
        List<CodeText.Piece> old = pieces(left, kept ? "" : "diff-removed-word");
        List<CodeText.Piece> now = pieces(right, kept ? "" : "diff-added-word");
        List<RenderedDiff.Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(1, Math.max(old.size(), now.size())); i++) {
            String oldGutter = gutter(left, kept ? "  " : "− ", i, true);
            String newGutter = gutter(right, kept ? "  " : "+ ", i, false);
            // What only the file before has is left out of a copied selection.
            boolean continues = i > 0 || right == null;
            rows.add(
                    row(
                            continues ? par.toContinuation() : par,
                            oldGutter,
                            i < old.size() ? old.get(i) : CodeText.Piece.EMPTY,
                            newGutter,
                            i < now.size() ? now.get(i) : CodeText.Piece.EMPTY));
        }
        if ((left != null && left.withoutNewline()) || (right != null && right.withoutNewline())) {
            rows.add(
                    row(
                            par.toContinuation(),
                            " ".repeat(gutter.width() + 2),
                            remark(left),
                            " ".repeat(gutter.width() + 2),
                            remark(right)));
        }
        return rows;
    }

    private List<CodeText.Piece> pieces(@Nullable Line line, String mark) {
        return line == null
                ? List.of()
                : CodeText.pieces(line, colors.of(line), mark, width, view.longest());
    }

    private String gutter(@Nullable Line line, String sign, int row, boolean old) {
        if (line == null || row > 0) {
            return " ".repeat(gutter.width() + 2);
        }
        return gutter.number(old ? line.oldNumber() : line.newNumber()) + sign;
    }

    private CodeText.Piece remark(@Nullable Line line) {
        if (line == null || !line.withoutNewline()) {
            return CodeText.Piece.EMPTY;
        }
        String text = UnifiedRows.NO_NEWLINE;
        String fitting = text.length() <= width ? text : "No newline";
        return new CodeText.Piece(
                List.of(new StyledSegment<>(fitting, TextStyle.of("mono", "quiet"))),
                fitting.length(),
                List.of(),
                fitting);
    }

    private RenderedDiff.Row row(
            ParagraphStyle par,
            String oldGutter,
            CodeText.Piece left,
            String newGutter,
            CodeText.Piece right) {
        List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
        List<Integer> tabs = new ArrayList<>();
        segments.add(Gutter.segment(oldGutter));
        segments.addAll(left.segments());
        left.tabs().forEach(t -> tabs.add(oldGutter.length() + t));
        RowText.tab(Math.max(1, half - oldGutter.length() - left.columns()), segments);
        tabs.add(half);
        // The background of the right side starts before its text.
        segments.add(Gutter.segment(newGutter));
        segments.addAll(right.segments());
        right.tabs().forEach(t -> tabs.add(half + newGutter.length() + t));
        segments.removeIf(s -> s.getSegment().isEmpty());
        RowText.keepLeftToRight(segments);
        return new RenderedDiff.Row(par.withTabStops(tabs).withCopyText(right.text()), segments);
    }
}
