package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolRun;

/// The file that a tool call is about.
public final class ToolPath {
    private ToolPath() {}

    /// @return the path as the agent wrote it; empty if the call is about no single file
    public static String of(ToolRun run) {
        return switch (run.name()) {
            case "Read", "Edit", "MultiEdit", "Write" -> run.field("file_path");
            case "NotebookEdit", "NotebookRead" -> run.field("notebook_path");
            case "LS", "Grep", "Glob" -> run.field("path");
            default -> "";
        };
    }
}
