package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.BlockType;
import dev.oriel.message.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Adds what a subagent writes and calls to the tool call that it works for.
final class SubagentSteps {
    /// The longest text and the longest result of one step, characters.
    private static final int LONGEST = 16 * 1024;

    private SubagentSteps() {}

    /// @param tree a message whose `parent_tool_use_id` is the id of the run
    static ToolRun apply(ToolRun run, JsonNode tree, @Nullable Instant at) {
        boolean own = MessageFields.text(tree, "type").equals(MessageType.ASSISTANT);
        ToolRun now = run;
        for (JsonNode block : tree.path("message").path("content")) {
            switch (MessageFields.text(block, "type")) {
                case BlockType.TEXT -> {
                    String text = MessageFields.text(block, "text").strip();
                    // Texts of the other side are its prompt, which the call has.
                    if (own && !text.isEmpty()) {
                        now = now.withSubagent(now.subagent().with(said(text)));
                    }
                }
                case BlockType.TOOL_USE, BlockType.SERVER_TOOL_USE, BlockType.MCP_TOOL_USE ->
                        now = now.withSubagent(now.subagent().with(called(block, at)));
                case BlockType.TOOL_RESULT -> now = finished(now, block, tree, at);
                default -> {
                    // Its thinking is not part of this conversation.
                }
            }
        }
        return now;
    }

    private static SubagentRun.Said said(String text) {
        return new SubagentRun.Said(Truncation.truncate(text, LONGEST));
    }

    private static SubagentRun.Called called(JsonNode block, @Nullable Instant at) {
        List<ToolRun.Field> fields = new ArrayList<>();
        for (ToolRun.Field f : MessageFields.fields(block.path("input"))) {
            fields.add(
                    new ToolRun.Field(
                            f.name(), Truncation.truncate(f.text(), LONGEST), f.isString()));
        }
        return new SubagentRun.Called(
                new ToolRun(
                        MessageFields.text(block, "id"),
                        MessageFields.toolName(block),
                        fields,
                        new ToolState.Running(at),
                        null,
                        SubagentRun.NONE));
    }

    private static ToolRun finished(
            ToolRun run, JsonNode block, JsonNode tree, @Nullable Instant at) {
        String id = MessageFields.text(block, "tool_use_id");
        ToolState state = ToolOutcomes.stateOf(id, block, tree);
        ToolOutput whole = ToolOutputs.of(block, tree);
        ToolOutput output =
                new ToolOutput(
                        Truncation.truncateMiddle(whole.text(), LONGEST),
                        whole.detail(),
                        whole.attachments(),
                        Truncation.truncate(whole.raw(), LONGEST / 4),
                        whole.seq());
        ToolRun changed =
                update(
                        run,
                        id,
                        step -> {
                            Instant since =
                                    step.state() instanceof ToolState.Running(var s, _) ? s : null;
                            return step.withState(
                                    ToolOutcomes.withDuration(state, ToolCalls.between(since, at)),
                                    output);
                        });
        return changed == null ? run : changed;
    }

    /// Changes the run with this id: the run itself, or a call of its subagent at any depth.
    ///
    /// @return null if it has no such call
    static @Nullable ToolRun update(ToolRun run, String id, UnaryOperator<ToolRun> change) {
        if (run.toolUseId().equals(id)) {
            return change.apply(run);
        }
        List<SubagentRun.Step> steps = run.subagent().steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) instanceof SubagentRun.Called(ToolRun called)) {
                ToolRun next = update(called, id, change);
                if (next != null) {
                    List<SubagentRun.Step> changed = new ArrayList<>(steps);
                    changed.set(i, new SubagentRun.Called(next));
                    return run.withSubagent(run.subagent().withSteps(changed));
                }
            }
        }
        return null;
    }

    /// The run with all calls of its subagents ended that have no result.
    static ToolRun stopSteps(ToolRun run) {
        if (run.subagent().steps().isEmpty()) {
            return run;
        }
        List<SubagentRun.Step> steps = new ArrayList<>(run.subagent().steps());
        steps.replaceAll(s -> {
            if (!(s instanceof SubagentRun.Called(ToolRun called)) || !called.isRunning()) {
                return s;
            }
            return new SubagentRun.Called(
                    stopSteps(called).withState(new ToolState.Stopped(), called.output()));
        });
        return run.withSubagent(run.subagent().withSteps(steps));
    }
}
