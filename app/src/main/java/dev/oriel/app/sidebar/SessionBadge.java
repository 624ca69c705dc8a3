package dev.oriel.app.sidebar;

/// The state of a session as its row shows it.
public enum SessionBadge {
    NONE(""),
    WORKING("working"),
    NEEDS_YOU("needs you"),
    FAILED("failed"),
    /// Finished a turn while it was not open.
    UNSEEN("new");

    private final String label;

    SessionBadge(String word) {
        this.label = word;
    }

    /// The text of the badge; empty for [#NONE].
    public String label() {
        return label;
    }
}
