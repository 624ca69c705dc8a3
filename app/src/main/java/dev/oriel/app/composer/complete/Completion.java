package dev.oriel.app.composer.complete;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of the picker.
///
/// @param kind what it is
/// @param name what is shown first
/// @param matched positions in `name` of the characters that were typed, ascending
/// @param detail shown quietly after the name: a description, or the folder of a file
/// @param matchedDetail positions in `detail`, as `matched`
/// @param explanation shown below the list while the row is selected; empty for none
/// @param insertion replaces what was typed; empty if the row cannot be chosen, or runs an action
/// @param argumentHint shown after the insertion until more is typed; empty for none
/// @param action runs instead of an insertion; null for none
public record Completion(
        Kind kind,
        String name,
        List<Integer> matched,
        String detail,
        List<Integer> matchedDetail,
        String explanation,
        String insertion,
        String argumentHint,
        @Nullable Runnable action) {
    /// What a row is.
    public enum Kind {
        COMMAND("command"),
        OWN_COMMAND("Oriel command"),
        UNAVAILABLE("not available"),
        FILE("file"),
        FOLDER("folder"),
        PROMPT("earlier message");

        private final String spoken;

        Kind(String spoken) {
            this.spoken = spoken;
        }

        /// The word for screen readers.
        String spoken() {
            return spoken;
        }
    }

    public Completion {
        matched = List.copyOf(matched);
        matchedDetail = List.copyOf(matchedDetail);
    }

    /// Whether it can be chosen.
    boolean canBeAccepted() {
        return action != null || !insertion.isEmpty();
    }
}
