package dev.oriel.agent.api.tool.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Stops a background task.
final class TaskStopTool implements Tool {
    private final BackgroundTasks tasks;

    TaskStopTool(BackgroundTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "TaskStop";
    }

    @Override
    public String description() {
        return "Stops a background task, with everything that it has started. `task_id` is the id"
                + " from the result of the call that started it.";
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "task_id":{"type":"string","description":"The id of the task"},
                "shell_id":{"type":"string","description":"Deprecated: use task_id"}},
                "additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        String id = id(call);
        if (id.isEmpty()) {
            return ToolOutcome.refused("The required parameter `task_id` is missing");
        }
        AgentTask task = tasks.find(id);
        if (task == null) {
            return ToolOutcome.refused("No task found with ID: " + id);
        }
        return task.status().equals("running")
                ? null
                : ToolOutcome.refused(
                        "Task " + id + " is not running (status: " + task.status() + ")");
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.harmless();
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
        AgentTask task = tasks.find(id(call));
        if (task == null) {
            return ToolOutcome.refused("No task found with ID: " + id(call));
        }
        task.silence();
        tasks.stop(task.id());
        try {
            task.ending().get(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return ToolOutcome.failed("Task " + task.id() + " does not stop.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("an ending is never an exception", e);
        }
        ObjectNode result =
                Json.object()
                        .put(
                                "message",
                                "Successfully stopped task: "
                                        + task.id()
                                        + " ("
                                        + task.command()
                                        + ")")
                        .put("task_id", task.id())
                        .put("task_type", task.kind().wireName())
                        .put("command", task.command());
        return new ToolOutcome.Ok(TextNode.valueOf(result.toString()), result, List.of(), null);
    }

    private static String id(ToolRequest call) {
        String id = call.input().path("task_id").asText("");
        return id.isEmpty() ? call.input().path("shell_id").asText("") : id;
    }
}
