package dev.oriel.app.reading;

/// How much of Claude's work a conversation shows.
public enum DetailLevel {
    /// Only prompts and answers; one line for the work of a turn.
    SUMMARY("Summary"),
    /// Tool calls and thinking as closed lines.
    NORMAL("Normal"),
    /// Tool calls and thinking opened.
    VERBOSE("Verbose");

    private final String label;

    DetailLevel(String label) {
        this.label = label;
    }

    /// The name for the user.
    public String label() {
        return label;
    }

    /// The next level of a cycle through all of them: Normal, Verbose, Summary.
    public DetailLevel next() {
        return switch (this) {
            case NORMAL -> VERBOSE;
            case VERBOSE -> SUMMARY;
            case SUMMARY -> NORMAL;
        };
    }
}
