package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;

/// The `structuredPatch` of a result: the lines that differ, with three lines around them.
public final class PatchHunks {
    private static final int CONTEXT = 3;

    /// Larger differences are one block: all old lines, then all new ones.
    private static final long MAX_CELLS = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<Change> changes = new ArrayList<>();

    /// Lines `[oldStart, oldEnd)` became lines `[newStart, newEnd)`, counted from 0.
    private record Change(int oldStart, int oldEnd, int newStart, int newEnd) {}

    private PatchHunks(String before, String after) {
        this.before = lines(before);
        this.after = lines(after);
    }

    /// @param before with `\n` as its only line end, as `after`
    public static ArrayNode of(String before, String after) {
        PatchHunks hunks = new PatchHunks(before, after);
        hunks.compare();
        return hunks.write(
                !before.isEmpty() && !before.endsWith("\n"),
                !after.isEmpty() && !after.endsWith("\n"));
    }

    /// The lines with their ends: a last line without one differs from the same one with it.
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    private void compare() {
        int start = 0;
        int least = Math.min(before.size(), after.size());
        while (start < least && before.get(start).equals(after.get(start))) {
            start++;
        }
        int oldEnd = before.size();
        int newEnd = after.size();
        while (oldEnd > start
                && newEnd > start
                && before.get(oldEnd - 1).equals(after.get(newEnd - 1))) {
            oldEnd--;
            newEnd--;
        }
        int rows = oldEnd - start;
        int columns = newEnd - start;
        if (rows == 0 && columns == 0) {
            return;
        }
        if (rows == 0 || columns == 0 || (long) rows * columns > MAX_CELLS) {
            changes.add(new Change(start, oldEnd, start, newEnd));
        } else {
            align(start, rows, columns);
        }
    }

    /// Keeps as many lines as possible: the longest common subsequence.
    private void align(int start, int rows, int columns) {
        int[][] length = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                length[i][j] =
                        before.get(start + i).equals(after.get(start + j))
                                ? length[i + 1][j + 1] + 1
                                : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        int fromI = 0;
        int fromJ = 0;
        while (i < rows || j < columns) {
            boolean same =
                    i < rows && j < columns && before.get(start + i).equals(after.get(start + j));
            if (same) {
                add(start, fromI, i, fromJ, j);
                fromI = ++i;
                fromJ = ++j;
            } else if (j >= columns || (i < rows && length[i + 1][j] >= length[i][j + 1])) {
                i++;
            } else {
                j++;
            }
        }
        add(start, fromI, i, fromJ, j);
    }

    private void add(int start, int fromI, int i, int fromJ, int j) {
        if (i > fromI || j > fromJ) {
            changes.add(new Change(start + fromI, start + i, start + fromJ, start + j));
        }
    }

    private ArrayNode write(boolean oldIsOpen, boolean newIsOpen) {
        ArrayNode hunks = JsonNodeFactory.instance.arrayNode();
        for (int first = 0; first < changes.size(); ) {
            int last = first;
            while (last + 1 < changes.size()
                    && changes.get(last + 1).oldStart() - changes.get(last).oldEnd()
                            <= 2 * CONTEXT) {
                last++;
            }
            hunks.add(hunk(first, last, oldIsOpen, newIsOpen));
            first = last + 1;
        }
        return hunks;
    }

    private ObjectNode hunk(int first, int last, boolean oldIsOpen, boolean newIsOpen) {
        Change begin = changes.get(first);
        int lead = Math.min(CONTEXT, begin.oldStart());
        int oldAt = begin.oldStart() - lead;
        int oldEnd = Math.min(before.size(), changes.get(last).oldEnd() + CONTEXT);
        int newEnd = changes.get(last).newEnd() + oldEnd - changes.get(last).oldEnd();
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        int at = oldAt;
        for (int i = first; i <= last; i++) {
            Change change = changes.get(i);
            for (; at < change.oldStart(); at++) {
                add(lines, ' ', before.get(at), false);
            }
            for (; at < change.oldEnd(); at++) {
                add(lines, '-', before.get(at), oldIsOpen && at == before.size() - 1);
            }
            for (int j = change.newStart(); j < change.newEnd(); j++) {
                add(lines, '+', after.get(j), newIsOpen && j == after.size() - 1);
            }
        }
        for (; at < oldEnd; at++) {
            add(lines, ' ', before.get(at), oldIsOpen && at == before.size() - 1);
        }
        int newAt = begin.newStart() - lead;
        ObjectNode hunk =
                Json.object()
                        .put("oldStart", oldAt + 1)
                        .put("oldLines", oldEnd - oldAt)
                        .put("newStart", newAt + 1)
                        .put("newLines", newEnd - newAt);
        hunk.set("lines", lines);
        return hunk;
    }

    private static void add(ArrayNode lines, char sign, String line, boolean isOpen) {
        lines.add(sign + (line.endsWith("\n") ? line.substring(0, line.length() - 1) : line));
        if (isOpen) {
            lines.add("\\ No newline at end of file");
        }
    }
}
