package dev.oriel.agent;

/// What a tool gives back to the model.
///
/// @param isError whether it is the reason why there is nothing to give
public record ToolResult(String text, boolean isError) {
    public static ToolResult of(String text) {
        return new ToolResult(text, false);
    }

    public static ToolResult error(String why) {
        return new ToolResult(why, true);
    }
}
