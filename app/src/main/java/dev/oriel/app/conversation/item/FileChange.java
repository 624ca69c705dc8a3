package dev.oriel.app.conversation.item;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an edit changed in its file, as the CLI reports it in `tool_use_result`.
///
/// @param created whether the file is new
/// @param original the file, or the cell of a notebook, before the change; null if it is unknown or
///   longer than [Truncation#MAX_TEXT]
/// @param revised what was written in place of the input's text, because the user edited it before
///   allowing it; null if the input's text was written
/// @param hunks the changed lines with lines around them; may be empty
/// @param hunkLinesLeftOut number of lines of further hunks, which are not kept
public record FileChange(
        boolean created,
        @Nullable String original,
        @Nullable String revised,
        List<Hunk> hunks,
        int hunkLinesLeftOut) {
    public FileChange {
        hunks = List.copyOf(hunks);
    }

    /// Consecutive lines of a patch.
    ///
    /// @param oldStart number of its first line in the file before, from 1
    /// @param newStart number of its first line in the file after, from 1
    /// @param lines each with ` `, `+` or `-` before its text, or `\` for a remark
    public record Hunk(int oldStart, int newStart, List<String> lines) {
        public Hunk {
            lines = List.copyOf(lines);
        }
    }

    /// Number of lines that the hunks add.
    public int added() {
        return count('+');
    }

    /// Number of lines that the hunks remove.
    public int removed() {
        return count('-');
    }

    private int count(char sign) {
        int n = 0;
        for (Hunk hunk : hunks) {
            for (String line : hunk.lines()) {
                n += !line.isEmpty() && line.charAt(0) == sign ? 1 : 0;
            }
        }
        return n;
    }
}
