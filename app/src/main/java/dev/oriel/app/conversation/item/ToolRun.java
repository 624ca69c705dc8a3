package dev.oriel.app.conversation.item;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `tool_use` with its `tool_result`.
///
/// @param toolUseId the agent's id of the call
/// @param name the agent's name of the tool
/// @param fields the input
/// @param output the result; null until there is one
/// @param steps the tool calls of a subagent that works for this one, in order; the last
///   [#MAX_STEPS]
public record ToolRun(
        String toolUseId,
        String name,
        List<Field> fields,
        ToolState state,
        @Nullable ToolOutput output,
        List<Step> steps) {
    /// The most steps that are kept.
    static final int MAX_STEPS = 200;

    public ToolRun {
        fields = List.copyOf(fields);
        steps = List.copyOf(steps);
    }

    /// One member of the input.
    ///
    /// @param text a string as it is, anything else as JSON; bounded, see [Truncation]
    public record Field(String name, String text) {}

    /// One tool call of a subagent.
    public record Step(
            String toolUseId, String name, String argument, boolean done, boolean failed) {}

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
        return new ToolRun(toolUseId, name, fields, next, output, steps);
    }

    public ToolRun withState(ToolState next, @Nullable ToolOutput result) {
        return new ToolRun(toolUseId, name, fields, next, result, steps);
    }

    public ToolRun withSteps(List<Step> next) {
        List<Step> kept =
                next.size() > MAX_STEPS ? next.subList(next.size() - MAX_STEPS, next.size()) : next;
        return new ToolRun(toolUseId, name, fields, state, output, kept);
    }
}
