package dev.oriel.app.text;

import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;

/// The result of a tool as text to read.
public final class ToolOutputText {
    private ToolOutputText() {}

    /// Commands print for a terminal; files and pages do not.
    public static String of(ToolRun run, ToolOutput output) {
        return switch (run.kind()) {
            case READ, WEB, EDIT -> TerminalText.strip(output.text());
            case SHELL, TASK, PLAN, QUESTION, OTHER -> TerminalText.render(output.text());
        };
    }
}
