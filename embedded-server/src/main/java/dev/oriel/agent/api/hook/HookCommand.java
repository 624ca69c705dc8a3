package dev.oriel.agent.api.hook;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A hook of the settings or of a client. Immutable.
///
/// @param event for example `PreToolUse`
/// @param matcher a regular expression for the names of tools; empty or `*` for all
/// @param command for the shell; of a client's hook, what the model is told instead
/// @param timeout how long it may run
/// @param callback a client's id of the hook; null for one of the settings
record HookCommand(
        String event, String matcher, String command, Duration timeout, @Nullable String callback) {
    HookCommand(String event, String matcher, String command, Duration timeout) {
        this(event, matcher, command, timeout, null);
    }

    /// Whether the hook runs for a tool.
    ///
    /// @param tool empty for an event without one
    boolean matches(String tool) {
        if (tool.isEmpty() || matcher.isBlank() || matcher.equals("*")) {
            return true;
        }
        // Older names of the same tool.
        return matchesName(tool) || (tool.equals("Agent") && matchesName("Task"));
    }

    private boolean matchesName(String tool) {
        try {
            return Pattern.matches(matcher, tool);
        } catch (PatternSyntaxException _) {
            return matcher.equals(tool);
        }
    }
}
