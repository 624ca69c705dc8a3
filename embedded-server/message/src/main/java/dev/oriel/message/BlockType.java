package dev.oriel.message;

/// The values of `type` in the content blocks of `user` and `assistant` messages that the code
/// names. There are others, for the tools that run on the model's servers.
public final class BlockType {
    /// Text, in Markdown.
    public static final String TEXT = "text";

    /// What the model thought.
    public static final String THINKING = "thinking";

    /// Thinking that is encrypted.
    public static final String REDACTED_THINKING = "redacted_thinking";

    /// A call of a tool.
    public static final String TOOL_USE = "tool_use";

    /// A call of a tool that the model's server runs.
    public static final String SERVER_TOOL_USE = "server_tool_use";

    /// A call of a tool of an MCP server to which the model's server is connected.
    public static final String MCP_TOOL_USE = "mcp_tool_use";

    /// The result of a [#TOOL_USE].
    public static final String TOOL_RESULT = "tool_result";

    private BlockType() {}
}
