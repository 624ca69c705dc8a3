package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import dev.oriel.app.text.DisplayText;
import java.util.ArrayList;
import java.util.List;

/// The lines of an edit.
final class DiffRows {
    private DiffRows() {}

    record Row(String gutter, String text, String styleClass) {}

    static String path(ToolRun run) {
        return EditDiffs.path(run.fields());
    }

    static List<Row> rows(ToolRun run) {
        List<Row> rows = new ArrayList<>();
        for (EditDiffs.Titled edit :
                EditDiffs.of(
                        run.name(),
                        run.fields(),
                        run.output() == null ? null : run.output().change(),
                        DisplayText::output)) {
            if (!edit.title().isEmpty()) {
                rows.add(new Row("", edit.title(), "kept"));
            }
            edit.diff().notes().forEach(n -> rows.add(new Row("", n, "kept")));
            edit.diff().parts().forEach(p -> add(rows, p));
        }
        return rows;
    }

    private static void add(List<Row> rows, Part part) {
        switch (part) {
            case Part.Kept k ->
                    k.lines().forEach(l -> rows.add(row(l, l.newNumber(), "  ", "kept")));
            case Part.Changed c -> {
                c.removed().forEach(l -> rows.add(row(l, l.oldNumber(), "− ", "removed")));
                c.added().forEach(l -> rows.add(row(l, l.newNumber(), "+ ", "added")));
            }
            case Part.Gap _ -> rows.add(new Row("   …", "", "kept"));
        }
    }

    private static Row row(Line line, int number, String sign, String styleClass) {
        String gutter = number == 0 ? sign : "%4d ".formatted(number) + sign;
        return new Row(gutter, line.text(), styleClass);
    }
}
