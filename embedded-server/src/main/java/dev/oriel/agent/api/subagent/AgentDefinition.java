package dev.oriel.agent.api.subagent;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A type of subagent. Immutable.
///
/// @param name the `subagent_type` by which the model chooses it
/// @param description when to use it, for the model
/// @param prompt the system prompt; null for that of the session
/// @param tools names of the tools that it may use; null for all that subagents can have
/// @param excludedTools names of the tools that it may not use
/// @param model the model's id or alias; null for that of the session
public record AgentDefinition(
        String name,
        String description,
        @Nullable String prompt,
        @Nullable List<String> tools,
        List<String> excludedTools,
        @Nullable String model) {

    /// Start subagents, talk to the user, or belong to the conversation with the user.
    private static final Set<String> NEVER =
            Set.of(
                    "Agent",
                    "Task",
                    "AskUserQuestion",
                    "EnterPlanMode",
                    "ExitPlanMode",
                    "TodoWrite",
                    "TaskOutput",
                    "TaskStop");

    public AgentDefinition {
        tools = tools == null ? null : List.copyOf(tools);
        excludedTools = List.copyOf(excludedTools);
    }

    /// Whether subagents of this type have a tool.
    ///
    /// @param tool the tool's name
    public boolean has(String tool) {
        return !NEVER.contains(tool)
                && !excludedTools.contains(tool)
                && (tools == null || tools.contains(tool));
    }
}
