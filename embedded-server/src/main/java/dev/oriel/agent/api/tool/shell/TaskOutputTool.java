package dev.oriel.agent.api.tool.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Returns the output of a background task, if wanted after its end.
final class TaskOutputTool implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(TaskOutputTool.class);

    private final BackgroundTasks tasks;

    TaskOutputTool(BackgroundTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "TaskOutput";
    }

    @Override
    public String description() {
        return """
        Returns the state and the output of a background task. With `block`, the default, it \
        waits until the task has ended, at most `timeout` milliseconds (30000 by default, 600000 at \
        most); without, it returns at once. You are told when a task ends, so wait only if you \
        cannot do anything else.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "task_id":{"type":"string","description":"The id of the task"},
                "block":{"type":"boolean","default":true,"description":"Wait for its end"},
                "timeout":{"type":"number","default":30000,"minimum":0,"maximum":600000,
                "description":"The longest wait in milliseconds"}},
                "required":["task_id"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        String id = id(call);
        return tasks.find(id) == null ? ToolOutcome.refused("No task found with ID: " + id) : null;
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
        boolean blocks = call.input().path("block").asBoolean(true);
        AgentTask.Ending ending = blocks ? await(task, call, context) : null;
        context.cancel().check();
        if (ending == null) {
            ending = task.ending().getNow(null);
        }
        String retrieval = ending != null ? "success" : blocks ? "timeout" : "not_ready";
        String output;
        try {
            output = ShellOutput.textOf(task.output());
        } catch (IOException e) {
            LOG.debug("The output of a task cannot be read", e);
            output = "";
        }
        return ToolOutcome.ok(
                text(task, retrieval, ending, output), structured(task, retrieval, ending, output));
    }

    private static AgentTask.@Nullable Ending await(
            AgentTask task, ToolRequest call, ToolContext context) throws InterruptedException {
        long timeout = Math.clamp(call.input().path("timeout").asLong(30_000), 0, 600_000);
        CompletableFuture<AgentTask.Ending> done = task.ending().copy();
        try (CancelScope.Registration _ = context.cancel().onCancel(() -> done.complete(null))) {
            return done.get(timeout, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an ending is never an exception", e);
        }
    }

    private static String text(
            AgentTask task, String retrieval, AgentTask.@Nullable Ending ending, String output) {
        StringBuilder text = new StringBuilder();
        element(text, "retrieval_status", retrieval);
        element(text, "task_id", task.id());
        element(text, "task_type", task.kind().wireName());
        element(text, "status", task.status());
        if (ending != null && ending.exitCode() != null) {
            element(text, "exit_code", ending.exitCode().toString());
        }
        if (!output.isEmpty()) {
            element(text, "output", "\n" + output + "\n");
        }
        return text.toString().strip();
    }

    private static void element(StringBuilder text, String name, String content) {
        text.append('<').append(name).append('>').append(content);
        text.append("</").append(name).append(">\n\n");
    }

    private static ObjectNode structured(
            AgentTask task, String retrieval, AgentTask.@Nullable Ending ending, String output) {
        ObjectNode structured = Json.object().put("retrieval_status", retrieval);
        ObjectNode state = structured.putObject("task");
        state.put("task_id", task.id())
                .put("task_type", task.kind().wireName())
                .put("status", task.status())
                .put("description", task.description())
                .put("output", output);
        if (ending != null && ending.exitCode() != null) {
            state.put("exitCode", ending.exitCode());
        }
        return structured;
    }

    private static String id(ToolRequest call) {
        return call.input().path("task_id").asText("");
    }
}
