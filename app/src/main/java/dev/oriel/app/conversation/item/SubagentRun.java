package dev.oriel.app.conversation.item;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a subagent did for the tool call that started it.
///
/// @param steps what it wrote and which tools it called, in order; the last [#MAX_STEPS]
/// @param dropped number of earlier steps that are not kept
/// @param progress null until the agent reports it
public record SubagentRun(List<Step> steps, int dropped, @Nullable Progress progress) {
    /// The most steps that are kept.
    static final int MAX_STEPS = 200;

    /// A call without a subagent.
    public static final SubagentRun NONE = new SubagentRun(List.of(), 0, null);

    public SubagentRun {
        steps = List.copyOf(steps);
    }

    /// One step of a subagent.
    public sealed interface Step {}

    /// The subagent wrote something.
    public record Said(String text) implements Step {}

    /// The subagent called a tool, which may be a subagent again.
    public record Called(ToolRun run) implements Step {}

    /// How far it is, as the agent reports it.
    ///
    /// @param taskId the agent's id of the task
    /// @param type the kind of subagent; may be empty
    /// @param doing what it does now, on one line; may be empty
    /// @param took null if unknown
    /// @param over whether it ended
    /// @param ending how it ended
    public record Progress(
            String taskId,
            String type,
            String doing,
            long tokens,
            int toolUses,
            @Nullable Duration took,
            boolean over,
            Ending ending) {
        /// Progress of a task of which no ending is known.
        public Progress(
                String taskId,
                String type,
                String doing,
                long tokens,
                int toolUses,
                @Nullable Duration took,
                boolean over) {
            this(taskId, type, doing, tokens, toolUses, took, over, Ending.UNKNOWN);
        }
    }

    /// How a task in the background ended. Each member may be empty.
    ///
    /// @param status the agent's word, such as `completed`, `failed` or `stopped`
    /// @param summary what the agent says about it, on one line, for example with the exit code
    /// @param outputFile the file with what it printed
    public record Ending(String status, String summary, String outputFile) {
        public static final Ending UNKNOWN = new Ending("", "", "");

        /// The ending in words, such as `failed`.
        public String word() {
            return switch (status) {
                case "failed" -> "failed";
                case "stopped", "killed" -> "stopped";
                default -> "ended";
            };
        }
    }

    /// Whether nothing is known of a subagent.
    public boolean isEmpty() {
        return steps.isEmpty() && progress == null;
    }

    /// With another step at the end.
    public SubagentRun with(Step step) {
        List<Step> all = new ArrayList<>(steps);
        all.add(step);
        int over = Math.max(0, all.size() - MAX_STEPS);
        return new SubagentRun(all.subList(over, all.size()), dropped + over, progress);
    }

    public SubagentRun withSteps(List<Step> next) {
        return new SubagentRun(next, dropped, progress);
    }

    public SubagentRun withProgress(Progress next) {
        return new SubagentRun(steps, dropped, next);
    }
}
