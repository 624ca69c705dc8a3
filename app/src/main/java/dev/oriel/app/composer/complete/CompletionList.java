package dev.oriel.app.composer.complete;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the picker shows.
///
/// @param anchor position in the text of the character that opened it; -1 while it is hidden
/// @param rows best first
/// @param selected index of the selected row; -1 if there is none
/// @param note one line about the rows; empty for none
public record CompletionList(int anchor, List<Completion> rows, int selected, String note) {
    static final CompletionList HIDDEN = new CompletionList(-1, List.of(), -1, "");

    public CompletionList {
        rows = List.copyOf(rows);
    }

    /// Whether there is anything to show.
    public boolean isShown() {
        return anchor >= 0 && (!rows.isEmpty() || !note.isEmpty());
    }

    /// The selected row; null if there is none.
    @Nullable Completion selectedRow() {
        return selected < 0 ? null : rows.get(selected);
    }

    /// The index that a step leads to: a single one goes on at the other end, others stop there.
    int indexAfter(int by) {
        int to = selected + by;
        return Math.abs(by) == 1
                ? Math.floorMod(to, rows.size())
                : Math.clamp(to, 0, rows.size() - 1);
    }

    CompletionList withSelected(int index) {
        return new CompletionList(anchor, rows, index, note);
    }
}
