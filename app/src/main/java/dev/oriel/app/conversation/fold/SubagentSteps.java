package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolSummary;
import java.util.ArrayList;
import java.util.List;

/// What a subagent does shows as steps of the tool call it works for, and nowhere else.
final class SubagentSteps {
    private SubagentSteps() {}

    /// @param tree a message with the run's id as its `parent_tool_use_id`
    static ToolRun apply(ToolRun run, JsonNode tree) {
        List<ToolRun.Step> steps = new ArrayList<>(run.steps());
        for (JsonNode block : tree.path("message").path("content")) {
            switch (MessageFields.text(block, "type")) {
                case "tool_use" -> {
                    String name = MessageFields.text(block, "name");
                    String argument =
                            ToolSummary.argument(name, MessageFields.fields(block.path("input")));
                    steps.add(
                            new ToolRun.Step(
                                    MessageFields.text(block, "id"), name, argument, false, false));
                }
                case "tool_result" -> {
                    String id = MessageFields.text(block, "tool_use_id");
                    boolean failed = block.path("is_error").asBoolean();
                    steps.replaceAll(s ->
                            s.toolUseId().equals(id)
                                    ? new ToolRun.Step(id, s.name(), s.argument(), true, failed)
                                    : s);
                }
                default -> {
                    // What it says to itself is not part of this conversation.
                }
            }
        }
        return run.withSteps(steps);
    }
}
