package dev.oriel.app.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What a subagent does shows as steps of the tool call it works for, and nowhere else.
final class Subagent {
    private Subagent() {}

    /// @param tree a message with the run's id as its `parent_tool_use_id`
    static ToolRun step(ToolRun run, JsonNode tree) {
        List<ToolRun.Step> steps = new ArrayList<>(run.steps());
        for (JsonNode block : tree.path("message").path("content")) {
            switch (Reading.text(block, "type")) {
                case "tool_use" -> {
                    String name = Reading.text(block, "name");
                    String argument = Telling.argument(name, Reading.fields(block.path("input")));
                    steps.add(
                            new ToolRun.Step(
                                    Reading.text(block, "id"), name, argument, false, false));
                }
                case "tool_result" -> {
                    String id = Reading.text(block, "tool_use_id");
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
