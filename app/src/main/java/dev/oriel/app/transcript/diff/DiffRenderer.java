package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.diff.FileDiff;
import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fxmisc.richtext.model.StyledSegment;

/// Renders diffs into rows. Pure; on any thread.
///
/// A row is text: numbers, a sign, the code. So it is selected, copied and found as all text is. A
/// line that is wider than its column continues in further rows, under its first one.
public final class DiffRenderer {
    /// The style class of a title, or of a note about a diff as a whole.
    public static final String REMARK = "diff-remark";

    private final DiffView view;
    private final List<RenderedDiff.Row> rows = new ArrayList<>();
    private final List<Integer> changes = new ArrayList<>();
    private int hidden;

    private DiffRenderer(DiffView view) {
        this.view = view;
    }

    /// The rows of all diffs, one after the other.
    public static RenderedDiff render(List<EditDiffs.Titled> diffs, DiffView view) {
        DiffRenderer renderer = new DiffRenderer(view);
        for (int i = 0; i < diffs.size(); i++) {
            renderer.add(diffs.get(i), i);
        }
        return new RenderedDiff(renderer.rows, renderer.changes, renderer.hidden);
    }

    private void add(EditDiffs.Titled titled, int index) {
        FileDiff diff = titled.diff();
        if (!titled.title().isEmpty()) {
            remark(titled.title(), "label");
        }
        diff.notes().forEach(n -> remark(n, "quiet"));
        DiffColors colors = DiffColors.of(diff, view);
        SideRows side =
                view.isSplit() && hasBothSides(diff)
                        ? new SplitRows(view, diff.lastNumber(), colors)
                        : new UnifiedRows(view, diff.lastNumber(), colors);
        for (int i = 0; i < diff.parts().size(); i++) {
            Part part = diff.parts().get(i);
            switch (part) {
                case Part.Kept k -> k.lines().forEach(l -> kept(side, l));
                case Part.Changed c -> changed(side, c);
                case Part.Gap g -> gap(side, g, "fold-" + index + "-" + i);
            }
        }
    }

    /// A file that is new or deleted needs no second column.
    private static boolean hasBothSides(FileDiff diff) {
        return (diff.added() > 0 && diff.removed() > 0)
                || diff.parts().stream().anyMatch(p -> !(p instanceof Part.Changed));
    }

    private void remark(String text, String ink) {
        rows.add(
                new RenderedDiff.Row(
                        view.line().withClasses(REMARK).withVerticalPadding(4, 4),
                        List.of(new StyledSegment<>(text, TextStyle.of(ink)))));
    }

    private boolean isFull() {
        return rows.size() >= view.most();
    }

    private void kept(SideRows side, Line line) {
        if (isFull()) {
            hidden++;
        } else {
            rows.addAll(side.kept(line));
        }
    }

    private void changed(SideRows side, Part.Changed part) {
        if (!isFull()) {
            changes.add(rows.size());
        }
        hidden += side.changed(part, rows);
    }

    private void gap(SideRows side, Part.Gap gap, String name) {
        if (isFull()) {
            hidden += gap.count();
            return;
        }
        boolean opened = view.opened().test(name);
        String count =
                gap.count() == 1
                        ? "1 unchanged line"
                        : "%,d unchanged lines".formatted(gap.count());
        ParagraphStyle par = view.line().withClasses("diff-fold").withVerticalPadding(3, 4);
        Function<String, ClickAction> toggle = view.toggle();
        par = opened ? par.toOpened() : par;
        boolean known = !gap.lines().isEmpty() && toggle != null;
        if (!gap.lines().isEmpty() && toggle != null) {
            par = par.withAction(toggle.apply(name));
        }
        rows.add(
                new RenderedDiff.Row(
                        par,
                        List.of(
                                new StyledSegment<>(
                                        opened ? "⋯ Fold " + count : "⋯ " + count,
                                        TextStyle.of("label", known ? "link-quiet" : "quiet")))));
        if (opened) {
            gap.lines().forEach(l -> kept(side, l));
        }
    }
}
