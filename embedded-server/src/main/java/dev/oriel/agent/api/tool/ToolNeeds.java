package dev.oriel.agent.api.tool;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a tool call would do, for the decision whether it may. Immutable.
///
/// @param reads paths that it reads, as the model gave them: absolute, or relative to the folder
/// @param writes paths that it creates, changes or deletes
/// @param command the command line that it passes to a shell; null for none
/// @param host the host that it connects to; null for none
/// @param asksUser whether the call is itself a question to the user, so that it always asks
/// @param isHarmless whether it affects nothing outside the conversation
/// @param cwd the folder in which the command line starts; null for the session's folder
public record ToolNeeds(
        List<String> reads,
        List<String> writes,
        @Nullable String command,
        @Nullable String host,
        boolean asksUser,
        boolean isHarmless,
        @Nullable Path cwd) {

    public ToolNeeds {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }

    /// The call affects nothing outside the conversation.
    public static ToolNeeds harmless() {
        return new ToolNeeds(List.of(), List.of(), null, null, false, true, null);
    }

    public static ToolNeeds reading(String... paths) {
        return new ToolNeeds(List.of(paths), List.of(), null, null, false, false, null);
    }

    public static ToolNeeds writing(String... paths) {
        return new ToolNeeds(List.of(), List.of(paths), null, null, false, false, null);
    }

    /// Runs a command line in the session's folder.
    public static ToolNeeds running(String command) {
        return new ToolNeeds(List.of(), List.of(), command, null, false, false, null);
    }

    public static ToolNeeds running(String command, Path cwd) {
        return new ToolNeeds(List.of(), List.of(), command, null, false, false, cwd);
    }

    public static ToolNeeds connecting(String host) {
        return new ToolNeeds(List.of(), List.of(), null, host, false, false, null);
    }

    /// The call is a question to the user.
    public static ToolNeeds user() {
        return new ToolNeeds(List.of(), List.of(), null, null, true, false, null);
    }

    /// A tool of which nothing is known, for example one of an MCP server.
    public static ToolNeeds unknown() {
        return new ToolNeeds(List.of(), List.of(), null, null, false, false, null);
    }
}
