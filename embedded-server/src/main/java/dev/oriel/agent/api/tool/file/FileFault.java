package dev.oriel.agent.api.tool.file;

import dev.oriel.agent.api.tool.ToolOutcome;

/// A file cannot be read or changed as the model wants. The message is for the model.
final class FileFault extends Exception {
    private static final long serialVersionUID = 1L;

    /// Whether the call was pointless from the start.
    private final boolean isRefusal;

    FileFault(String message, boolean isRefusal) {
        super(message);
        this.isRefusal = isRefusal;
    }

    /// The call was pointless from the start.
    static FileFault refused(String message) {
        return new FileFault(message, true);
    }

    /// The run failed.
    static FileFault failed(String message) {
        return new FileFault(message, false);
    }

    ToolOutcome.Fail outcome() {
        String text = String.valueOf(getMessage());
        return isRefusal ? ToolOutcome.refused(text) : ToolOutcome.failed(text);
    }
}
