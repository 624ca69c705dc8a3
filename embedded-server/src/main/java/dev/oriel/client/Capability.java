package dev.oriel.client;

/// Something that not every kind of server can do.
public enum Capability {
    /// Says what came of a tool's call.
    TOOL_RESULTS("Results of tools"),
    /// Says what a turn cost.
    COSTS("Costs"),
    /// Keeps several conversations at the same time.
    SESSIONS("Several sessions"),
    /// Stops an answer.
    INTERRUPT("Stopping an answer"),
    /// Asks before a tool runs, and takes the answer.
    ASKS("Questions before a tool runs"),
    /// Sends an answer while it is being written, word by word.
    PARTIAL_TEXT("Text as it is written"),
    /// Remembers what was said before in the same conversation.
    MEMORY("Memory of the conversation"),
    /// Keeps what was said, finds it again, and tells it to whoever connects later.
    HISTORY("History and search"),
    /// Lets a client choose the folder.
    FOLDER("Choice of the folder"),
    /// Lets a client choose how much is asked.
    MODE("Permission modes"),
    /// Lets a client choose the model.
    MODEL("Choice of the model");

    private final String label;

    Capability(String label) {
        this.label = label;
    }

    /// For a person.
    public String label() {
        return label;
    }
}
