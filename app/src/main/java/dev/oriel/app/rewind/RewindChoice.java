package dev.oriel.app.rewind;

/// What returning to an earlier prompt changes.
public enum RewindChoice {
    /// A new session continues from there; this one stays as it is.
    FORK("Fork into a new session", "This session stays as it is."),
    /// The conversation continues from there.
    CONVERSATION(
            "Rewind the conversation",
            "Claude forgets this prompt and what came after it. Files stay as they are."),
    /// The files are restored.
    FILES("Rewind files", "The conversation stays as it is."),
    /// Both the conversation and the files.
    BOTH("Rewind both", "The conversation and the files return to this point.");

    private final String label;
    private final String explanation;

    RewindChoice(String label, String explanation) {
        this.label = label;
        this.explanation = explanation;
    }

    public String label() {
        return label;
    }

    /// A sentence for the user.
    public String explanation() {
        return explanation;
    }

    public boolean changesFiles() {
        return this == FILES || this == BOTH;
    }
}
