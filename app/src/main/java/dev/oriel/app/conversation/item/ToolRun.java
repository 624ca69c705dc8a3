package dev.oriel.app.conversation.item;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `tool_use` with its `tool_result`.
///
/// @param toolUseId the agent's id of the call
/// @param name as the agent calls the tool
/// @param fields what the tool was given
/// @param output what it gave back; null while there is nothing
/// @param steps what a subagent did on its behalf, in order; the last ones where there were very
///   many
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

    /// The name as a person would say it.
    public String title() {
        return ToolSummary.title(name);
    }

    /// The one member of the input that tells what this call is about, on one line; empty if there
    /// is none.
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
