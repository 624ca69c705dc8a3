package dev.oriel.agent;

/// The result of a tool call, for the model.
///
/// @param text the output, or the error message if `isError`
public record ToolResult(String text, boolean isError) {
    public static ToolResult of(String text) {
        return new ToolResult(text, false);
    }

    public static ToolResult error(String why) {
        return new ToolResult(why, true);
    }
}
