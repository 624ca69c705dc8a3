package dev.oriel.app.conversation.item;

import java.util.List;

/// The name and the argument by which a user recognises a tool call.
public final class ToolSummary {
    private static final List<String> USUAL =
            List.of(
                    "command",
                    "file_path",
                    "notebook_path",
                    "pattern",
                    "url",
                    "query",
                    "description",
                    "subject",
                    "path",
                    "prompt",
                    "skill",
                    "name");

    private ToolSummary() {}

    /// `mcp__server__tool` is a tool of an MCP server.
    public static String title(String name) {
        if (name.startsWith("mcp__")) {
            int end = name.indexOf("__", 5);
            if (end > 0) {
                return name.substring(5, end) + " · " + name.substring(end + 2);
            }
        }
        return switch (name) {
            case "Bash" -> "Run";
            case "BashOutput" -> "Read output";
            case "KillShell", "KillBash" -> "End command";
            case "Grep" -> "Search";
            case "Glob" -> "Find files";
            case "LS" -> "List";
            case "WebFetch", "web_fetch" -> "Fetch";
            case "WebSearch", "web_search" -> "Search the web";
            case "code_execution", "bash_code_execution" -> "Run in a sandbox";
            case "text_editor_code_execution" -> "Edit in a sandbox";
            case "MultiEdit" -> "Edit";
            case "TodoWrite" -> "To-do list";
            case "AskUserQuestion" -> "Question";
            case "ExitPlanMode" -> "Plan";
            case "Task", "Agent" -> "Subagent";
            case "NotebookEdit" -> "Edit notebook";
            case "NotebookRead" -> "Read notebook";
            case "ToolSearch" -> "Look for tools";
            case "TaskCreate" -> "New task";
            case "TaskUpdate", "TaskGet" -> "Task";
            case "TaskList" -> "Tasks";
            case "TaskOutput" -> "Read output";
            case "TaskStop" -> "End task";
            case "EnterPlanMode" -> "Plan mode";
            case "SlashCommand" -> "Command";
            case "ListMcpResourcesTool", "ListMcpResources" -> "List resources";
            case "ReadMcpResourceTool", "ReadMcpResource" -> "Read resource";
            default -> name;
        };
    }

    public static String argument(String name, List<ToolRun.Field> fields) {
        if (name.equals("Task") || name.equals("Agent")) {
            String d = of(fields, "description");
            if (!d.isEmpty()) {
                return Truncation.firstLine(d);
            }
        }
        for (String usual : USUAL) {
            String text = of(fields, usual);
            if (!text.isBlank()) {
                return Truncation.firstLine(text);
            }
        }
        for (ToolRun.Field f : fields) {
            if (!f.text().isBlank() && !f.text().startsWith("{") && !f.text().startsWith("[")) {
                return Truncation.firstLine(f.text());
            }
        }
        return "";
    }

    private static String of(List<ToolRun.Field> fields, String name) {
        for (ToolRun.Field f : fields) {
            if (f.name().equals(name)) {
                return f.text();
            }
        }
        return "";
    }
}
