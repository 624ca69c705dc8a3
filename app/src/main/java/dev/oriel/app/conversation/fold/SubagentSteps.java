package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolSummary;
import dev.oriel.message.BlockType;
import java.util.ArrayList;
import java.util.List;

/// Adds the tool calls of a subagent as steps to the tool call that it works for.
final class SubagentSteps {
    private SubagentSteps() {}

    /// @param tree a message whose `parent_tool_use_id` is the id of the run
    static ToolRun apply(ToolRun run, JsonNode tree) {
        List<ToolRun.Step> steps = new ArrayList<>(run.steps());
        for (JsonNode block : tree.path("message").path("content")) {
            switch (MessageFields.text(block, "type")) {
                case BlockType.TOOL_USE -> {
                    String name = MessageFields.text(block, "name");
                    String argument =
                            ToolSummary.argument(name, MessageFields.fields(block.path("input")));
                    steps.add(
                            new ToolRun.Step(
                                    MessageFields.text(block, "id"), name, argument, false, false));
                }
                case BlockType.TOOL_RESULT -> {
                    String id = MessageFields.text(block, "tool_use_id");
                    boolean failed = block.path("is_error").asBoolean();
                    steps.replaceAll(s ->
                            s.toolUseId().equals(id)
                                    ? new ToolRun.Step(id, s.name(), s.argument(), true, failed)
                                    : s);
                }
                default -> {
                    // Its text is not part of this conversation.
                }
            }
        }
        return run.withSteps(steps);
    }
}
