package dev.oriel.client;

/// Something that not every kind of server can do.
public enum Capability {
    /// Says what came of a tool's call.
    TOOL_RESULTS("Tool results"),
    /// Says what a turn cost.
    COSTS("Costs"),
    /// Keeps several conversations at the same time.
    SESSIONS("Several sessions"),
    /// Stops an answer.
    INTERRUPT("Stop"),
    /// Asks before a tool runs, and takes the answer.
    ASKS("Asks before tools run"),
    /// Sends an answer while it is being written, word by word.
    PARTIAL_TEXT("Text as it comes"),
    /// Remembers what was said before in the same conversation.
    MEMORY("Memory"),
    /// Keeps what was said, finds it again, and tells it to whoever connects later.
    HISTORY("History and search"),
    /// Lets a client choose the folder.
    FOLDER("Folder"),
    /// Lets a client choose how much is asked.
    MODE("Permission modes"),
    /// Lets a client choose the model.
    MODEL("Models");

    private final String label;

    Capability(String label) {
        this.label = label;
    }

    /// For a person.
    public String label() {
        return label;
    }
}
