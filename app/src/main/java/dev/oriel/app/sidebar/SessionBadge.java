package dev.oriel.app.sidebar;

/// What a row of the list says about its session, besides its name.
public enum SessionBadge {
    NONE(""),
    WORKING("working"),
    NEEDS_YOU("needs you"),
    FAILED("failed"),
    /// Ended a turn while nobody looked.
    UNSEEN("new");

    private final String label;

    SessionBadge(String word) {
        this.label = word;
    }

    /// Empty for [#NONE].
    public String label() {
        return label;
    }
}
