package dev.oriel.app.diff;

import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Reads the hunks of a patch. Lines between them are not known.
final class PatchDiff {
    private final UnaryOperator<String> shown;
    private final WordDiff words = new WordDiff();
    private final List<Part> parts = new ArrayList<>();
    private List<Line> kept = new ArrayList<>();
    private List<Line> removed = new ArrayList<>();
    private List<Line> added = new ArrayList<>();
    private int oldNumber;
    private int newNumber;

    private PatchDiff(UnaryOperator<String> shown) {
        this.shown = shown;
    }

    /// @param shown makes a line fit to be shown
    static FileDiff of(FileChange change, UnaryOperator<String> shown) {
        PatchDiff diff = new PatchDiff(shown);
        change.hunks().forEach(diff::add);
        List<String> notes =
                change.hunkLinesLeftOut() == 0
                        ? List.of()
                        : List.of(
                                "%,d more lines of this change are not kept"
                                        .formatted(change.hunkLinesLeftOut()));
        return new FileDiff(diff.parts, notes, change.added(), change.removed());
    }

    private void add(FileChange.Hunk hunk) {
        int between = hunk.oldStart() - oldNumber;
        if (!parts.isEmpty() && between > 0) {
            parts.add(new Part.Gap(between, List.of()));
        }
        oldNumber = hunk.oldStart();
        newNumber = hunk.newStart();
        for (String line : hunk.lines()) {
            add(line);
        }
        endChange();
        endKept();
    }

    private void add(String line) {
        String text = line.isEmpty() ? "" : shown.apply(withoutReturn(line.substring(1)));
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> {
                endKept();
                added.add(new Line(0, newNumber++, text, List.of(), false));
            }
            case '-' -> {
                endKept();
                if (!added.isEmpty()) {
                    endChange();
                }
                removed.add(new Line(oldNumber++, 0, text, List.of(), false));
            }
            case '\\' -> {
                // "\ No newline at end of file" is a remark about the line before it.
                markLast(added.isEmpty() ? removed.isEmpty() ? kept : removed : added);
            }
            default -> {
                endChange();
                kept.add(new Line(oldNumber++, newNumber++, text, List.of(), false));
            }
        }
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static void markLast(List<Line> lines) {
        if (!lines.isEmpty()) {
            Line last = lines.removeLast();
            lines.add(
                    new Line(last.oldNumber(), last.newNumber(), last.text(), last.marks(), true));
        }
    }

    private void endKept() {
        if (!kept.isEmpty()) {
            parts.add(new Part.Kept(kept));
            kept = new ArrayList<>();
        }
    }

    private void endChange() {
        if (!removed.isEmpty() || !added.isEmpty()) {
            parts.add(words.compare(removed, added));
            removed = new ArrayList<>();
            added = new ArrayList<>();
        }
    }
}
