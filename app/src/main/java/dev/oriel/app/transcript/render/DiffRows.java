package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import java.util.ArrayList;
import java.util.List;

/// What an edit changes, line by line: from the patch that came back, or else from what the edit
/// was asked to do.
final class DiffRows {
    private DiffRows() {}

    record Row(String gutter, String text, String styleClass) {}

    static String path(ToolRun run) {
        String path = run.field("file_path");
        return path.isEmpty() ? run.field("notebook_path") : path;
    }

    static List<Row> rows(ToolRun run) {
        if (run.output() != null && !run.output().patch().isEmpty()) {
            return run.output().patch().stream().map(DiffRows::row).toList();
        }
        List<Row> rows = new ArrayList<>();
        if (run.name().equals("Write")) {
            added(lines(run.field("content")), rows);
            return rows;
        }
        String before = null;
        String after = null;
        for (ToolRun.Field field : run.fields()) {
            before = field.name().equals("old_string") ? field.text() : before;
            after = field.name().equals("new_string") ? field.text() : after;
            if (before != null && after != null) {
                if (!rows.isEmpty()) {
                    rows.add(new Row("…", "", "kept"));
                }
                edit(lines(before), lines(after), rows);
                before = null;
                after = null;
            }
        }
        return rows;
    }

    private static void edit(List<String> before, List<String> after, List<Row> rows) {
        int same = 0;
        while (same < before.size()
                && same < after.size()
                && before.get(same).equals(after.get(same))) {
            same++;
        }
        int tail = 0;
        while (tail < before.size() - same
                && tail < after.size() - same
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        before.subList(0, same).forEach(l -> rows.add(new Row("  ", l, "kept")));
        before.subList(same, before.size() - tail)
                .forEach(l -> rows.add(new Row("− ", l, "removed")));
        added(after.subList(same, after.size() - tail), rows);
        after.subList(after.size() - tail, after.size())
                .forEach(l -> rows.add(new Row("  ", l, "kept")));
    }

    private static void added(List<String> lines, List<Row> rows) {
        lines.forEach(l -> rows.add(new Row("+ ", l, "added")));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static Row row(ToolOutput.PatchLine line) {
        return switch (line.change()) {
            case KEPT -> new Row("%4d   ".formatted(line.line()), line.text(), "kept");
            case ADDED -> new Row("%4d + ".formatted(line.line()), line.text(), "added");
            case REMOVED -> new Row("%4d − ".formatted(line.line()), line.text(), "removed");
            case GAP -> new Row("   …", "", "kept");
        };
    }
}
