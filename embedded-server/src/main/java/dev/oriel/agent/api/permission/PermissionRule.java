package dev.oriel.agent.api.permission;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A permission rule, for example `Bash(git diff:*)` or `Edit(src/**)`. Immutable.
///
/// @param tool the tool's name, or `mcp__server` with an optional `__*` or `__tool`
/// @param content what is in the parentheses, without escapes; null for all calls of the tool
/// @param behavior what happens to calls that match
/// @param base the folder to which patterns with a leading slash belong
record PermissionRule(String tool, @Nullable String content, Behavior behavior, Path base) {
    /// What a rule does.
    enum Behavior {
        ALLOW,
        ASK,
        DENY
    }

    /// Reads a rule.
    ///
    /// @return null if the text is not a rule
    static @Nullable PermissionRule parse(String text, Behavior behavior, Path base) {
        String rule = text.strip();
        int open = rule.indexOf('(');
        String name = open < 0 ? rule : rule.substring(0, open);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.*-]*")) {
            return null;
        }
        if (open < 0) {
            return new PermissionRule(alias(name), null, behavior, base);
        }
        if (!rule.endsWith(")")) {
            return null;
        }
        String content = unescape(rule.substring(open + 1, rule.length() - 1));
        // As in the CLI, `Tool()` and `Tool(*)` are the whole tool.
        return new PermissionRule(
                alias(name),
                content.isBlank() || content.equals("*") ? null : content,
                behavior,
                base);
    }

    private static String alias(String name) {
        return name.equals("Task") ? "Agent" : name;
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "()\\".indexOf(text.charAt(i + 1)) >= 0) {
                i++;
                c = text.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /// Whether the rule is about the tool, whatever its content says. A rule of `Edit` is about all
    /// tools that write files, one of `Read` about all that read them.
    boolean isAbout(String name) {
        if (tool.equals(name)) {
            return true;
        }
        if (tool.startsWith("mcp__")) {
            return tool.endsWith("__*")
                    ? name.startsWith(tool.substring(0, tool.length() - 1))
                    : name.startsWith(tool + "__") && tool.indexOf("__", 5) < 0;
        }
        return switch (tool) {
            case "Edit" ->
                    name.equals("Write") || name.equals("MultiEdit") || name.equals("NotebookEdit");
            case "Read" -> name.equals("Grep") || name.equals("Glob") || name.equals("LS");
            default -> false;
        };
    }
}
