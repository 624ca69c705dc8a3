package dev.oriel.app.text;

import dev.oriel.app.conversation.ToolOutput;
import dev.oriel.app.conversation.ToolRun;

/// What a tool gave back, as text to read.
public final class ToolText {
    private ToolText() {}

    /// Commands print for a terminal; what was read from a file or a page did not pass one.
    public static String output(ToolRun run, ToolOutput output) {
        return switch (run.kind()) {
            case READ, WEB, EDIT -> TerminalText.stripped(output.text());
            case SHELL, TASK, PLAN, QUESTION, OTHER -> TerminalText.applied(output.text());
        };
    }
}
