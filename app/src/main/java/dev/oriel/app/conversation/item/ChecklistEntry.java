package dev.oriel.app.conversation.item;

/// One entry of Claude's checklist: a to-do of `TodoWrite`, or a task of the task tools.
///
/// @param id the agent's id of a task; empty for a to-do
/// @param text what is to be done; empty if it is not known
/// @param activeText the same while it is being done; may be empty
public record ChecklistEntry(String id, String text, String activeText, State state) {
    /// The states of an entry.
    public enum State {
        PENDING,
        IN_PROGRESS,
        COMPLETED,
        /// It was removed from the list.
        DELETED;

        /// @param name as the agent writes it
        public static State of(String name) {
            return switch (name) {
                case "in_progress" -> IN_PROGRESS;
                case "completed" -> COMPLETED;
                case "deleted" -> DELETED;
                default -> PENDING;
            };
        }

        /// The state in words.
        public String word() {
            return switch (this) {
                case PENDING -> "to do";
                case IN_PROGRESS -> "in progress";
                case COMPLETED -> "done";
                case DELETED -> "deleted";
            };
        }

        /// A character with the shape of the state.
        public String mark() {
            return switch (this) {
                case PENDING -> "○";
                case IN_PROGRESS -> "◐";
                case COMPLETED -> "✓";
                case DELETED -> "✗";
            };
        }
    }

    /// What is shown: the text that fits the state.
    public String shownText() {
        if (state == State.IN_PROGRESS && !activeText.isBlank()) {
            return activeText;
        }
        return text.isBlank() ? "Task " + id : text;
    }

    public ChecklistEntry withState(State next) {
        return new ChecklistEntry(id, text, activeText, next);
    }
}
