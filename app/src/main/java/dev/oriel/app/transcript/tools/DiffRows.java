package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.text.LineDiff;
import java.util.ArrayList;
import java.util.List;

/// The lines of an edit: from the patch in its result, or else from its input.
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
        if (run.name().equals("Write")) {
            return LineDiff.of(List.of(), lines(run.field("content"))).stream()
                    .map(DiffRows::row)
                    .toList();
        }
        List<Row> rows = new ArrayList<>();
        String before = null;
        String after = null;
        for (ToolRun.Field field : run.fields()) {
            before = field.name().equals("old_string") ? field.text() : before;
            after = field.name().equals("new_string") ? field.text() : after;
            if (before != null && after != null) {
                if (!rows.isEmpty()) {
                    rows.add(new Row("…", "", "kept"));
                }
                LineDiff.of(lines(before), lines(after)).forEach(l -> rows.add(row(l)));
                before = null;
                after = null;
            }
        }
        return rows;
    }

    private static Row row(LineDiff.Row line) {
        return switch (line.change()) {
            case KEPT -> new Row("  ", line.text(), "kept");
            case ADDED -> new Row("+ ", line.text(), "added");
            case REMOVED -> new Row("− ", line.text(), "removed");
        };
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
