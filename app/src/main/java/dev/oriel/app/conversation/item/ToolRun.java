package dev.oriel.app.conversation.item;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `tool_use` with its `tool_result`.
///
/// @param toolUseId the agent's id of the call
/// @param name the agent's name of the tool
/// @param fields the input
/// @param output the result; null until there is one
/// @param subagent what a subagent did that works for this call
public record ToolRun(
        String toolUseId,
        String name,
        List<Field> fields,
        ToolState state,
        @Nullable ToolOutput output,
        SubagentRun subagent) {
    public ToolRun {
        fields = List.copyOf(fields);
    }

    /// One member of the input.
    ///
    /// @param text a string as it is, anything else as JSON; bounded, see [Truncation]
    /// @param isString whether it is a string
    public record Field(String name, String text, boolean isString) {
        /// A member that is a string.
        public Field(String name, String text) {
            this(name, text, true);
        }
    }

    public ToolKind kind() {
        return ToolKind.of(name);
    }

    public boolean isRunning() {
        return state instanceof ToolState.Running;
    }

    /// The text of the named member of the input; empty if there is none.
    public String field(String name) {
        for (Field f : fields) {
            if (f.name().equals(name)) {
                return f.text();
            }
        }
        return "";
    }

    /// The tool's name as it is shown.
    public String title() {
        return ToolSummary.title(name);
    }

    /// The member of the input that identifies this call best, on one line; empty if there is none.
    public String argument() {
        return ToolSummary.argument(name, fields);
    }

    public ToolRun withState(ToolState next) {
        return new ToolRun(toolUseId, name, fields, next, output, subagent);
    }

    public ToolRun withState(ToolState next, @Nullable ToolOutput result) {
        return new ToolRun(toolUseId, name, fields, next, result, subagent);
    }

    public ToolRun withSubagent(SubagentRun next) {
        return new ToolRun(toolUseId, name, fields, state, output, next);
    }
}
