package dev.oriel.app.conversation.item;

/// The kinds of tools that the window shows differently.
public enum ToolKind {
    EDIT,
    SHELL,
    READ,
    WEB,
    TASK,
    PLAN,
    QUESTION,
    OTHER;

    /// @param name the agent's name of the tool
    public static ToolKind of(String name) {
        return switch (name) {
            case "Edit", "MultiEdit", "Write", "NotebookEdit" -> EDIT;
            case "Bash", "BashOutput", "KillShell", "KillBash", "PowerShell" -> SHELL;
            case "code_execution", "bash_code_execution", "text_editor_code_execution" -> SHELL;
            case "Read", "Grep", "Glob", "LS", "NotebookRead", "ToolSearch" -> READ;
            case "WebFetch", "WebSearch", "web_fetch", "web_search" -> WEB;
            case "Task", "Agent", "TodoWrite", "Skill" -> TASK;
            case "ExitPlanMode", "EnterPlanMode" -> PLAN;
            case "AskUserQuestion" -> QUESTION;
            default -> name.startsWith("Task") ? TASK : OTHER;
        };
    }
}
