package dev.oriel.app.sidebar;

/// What a row of the list says about its session, besides its name.
public enum Mark {
    NONE(""),
    WORKING("working"),
    NEEDS_YOU("needs you"),
    FAILED("failed"),
    /// Ended a turn while nobody looked.
    UNSEEN("new");

    private final String word;

    Mark(String word) {
        this.word = word;
    }

    /// Empty for [#NONE].
    public String word() {
        return word;
    }
}
