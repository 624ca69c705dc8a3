package dev.oriel.agent.api.subagent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the conversation of one subagent, with the account, folder and permissions of the session.
/// Thread-safe: several run at the same time.
///
/// The runner emits the subagent's `assistant` and `user` messages, with `parent_tool_use_id` and
/// `agent_id`, and no `stream_event`. It starts with an empty history. The messages about the task
/// itself (`task_started` and so on) are those of the caller.
@FunctionalInterface
public interface SubagentRunner {
    /// Runs the subagent on the caller's thread until its model ends its turn, or the limit of
    /// requests is reached.
    ///
    /// @param progress is told after each response of the model and after each tool call
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled
    /// @throws InterruptedException if the thread was interrupted
    Report run(Assignment assignment, CancelScope cancel, Consumer<Progress> progress)
            throws InterruptedException;

    /// What a subagent is started with.
    ///
    /// @param agentId identifies the subagent in messages, `agent_id`
    /// @param toolUseId the call that started it, `parent_tool_use_id`
    /// @param prompt the first message of its conversation
    /// @param model the model's id or alias; null for that of the definition or the session
    /// @param effort the effort level; null for that of the session
    record Assignment(
            String agentId,
            String toolUseId,
            AgentDefinition definition,
            String prompt,
            @Nullable String model,
            @Nullable String effort) {}

    /// How far a subagent is.
    ///
    /// @param tokens input and output tokens so far
    /// @param toolUses tool calls so far
    /// @param lastTool the tool that it used last; null if it has used none
    record Progress(long tokens, int toolUses, @Nullable String lastTool) {}

    /// The end of a subagent.
    ///
    /// @param text the text of its last response
    /// @param usage the sum of the `usage` of its responses
    /// @param error why it could not go on, for the model; null if it finished. The text is then
    ///   what it had so far
    record Report(
            String text, long tokens, int toolUses, ObjectNode usage, @Nullable String error) {}
}
