package dev.oriel.client;

/// Something that not every kind of server can do.
public enum Capability {
    /// Sends the results of tools.
    TOOL_RESULTS("Tool results"),
    /// Reports the costs of a turn.
    COSTS("Costs"),
    /// Has several sessions at the same time.
    SESSIONS("Several sessions"),
    /// Interrupts a turn.
    INTERRUPT("Stop"),
    /// Asks before a tool runs, and accepts the reply.
    ASKS("Asks before tools run"),
    /// Sends deltas of an answer while it is written.
    PARTIAL_TEXT("Text as it comes"),
    /// Remembers earlier turns of the conversation.
    MEMORY("Memory"),
    /// Keeps messages, searches them, and sends them to clients that connect later.
    HISTORY("History and search"),
    /// Forks conversations, and returns to earlier prompts.
    BRANCHES("Forks and rewinds"),
    /// Lists the commands and skills of its agent.
    COMMANDS("Commands"),
    /// Lists the files of a session's folder.
    FILES("Files"),
    /// Rearranges waiting prompts, and hands them to the running turn.
    QUEUE("Order of the queue"),
    /// Lets a client choose the folder.
    FOLDER("Folder"),
    /// Lets a client choose the permission mode.
    MODE("Permission modes"),
    /// Lets a client choose the model.
    MODEL("Models"),
    /// Lets a client choose how much the model thinks.
    EFFORT("Effort"),
    /// Accepts images and documents in prompts.
    ATTACHMENTS("Images and documents");

    private final String label;

    Capability(String label) {
        this.label = label;
    }

    /// The name for the user.
    ///
    /// @return a few words
    public String label() {
        return label;
    }
}
