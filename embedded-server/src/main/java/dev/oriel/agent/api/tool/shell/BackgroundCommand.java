package dev.oriel.agent.api.tool.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.time.Duration;
import java.util.List;

/// A command that runs in the background until it ends, is stopped, or the agent ends.
final class BackgroundCommand {
    private static final Duration LONG = Duration.ofHours(1);

    private final ShellSession shell;
    private final ShellProcess process;

    BackgroundCommand(ShellSession shell, ShellProcess process) {
        this.shell = shell;
        this.process = process;
    }

    ToolOutcome begin(String id, ToolRequest call, ToolContext context) {
        String command = call.input().path("command").asText();
        String description = call.input().path("description").asText("");
        AgentTask task =
                new AgentTask(
                        AgentTask.Kind.LOCAL_BASH,
                        id,
                        call.id(),
                        description.isBlank() ? command : description,
                        command,
                        process.output(),
                        context.emit(),
                        process::endSoon);
        if (!shell.background().add(task)) {
            process.end();
            shell.onEnd(process, true);
            return ToolOutcome.failed(
                    "There are too many background tasks. Stop one of them with TaskStop first.");
        }
        Thread.ofVirtual().name("oriel-background-command").start(() -> await(task));
        ObjectNode structured =
                Json.object()
                        .put("stdout", "")
                        .put("stderr", "")
                        .put("interrupted", false)
                        .put("isImage", false)
                        .put("noOutputExpected", false)
                        .put("backgroundTaskId", id);
        String text =
                "Command running in background with ID: "
                        + id
                        + ". Output is being written to: "
                        + process.output()
                        + ". You will be notified when it completes. To check interim output, use"
                        + " Read on that file path.";
        return new ToolOutcome.Ok(TextNode.valueOf(text), structured, List.of(), false);
    }

    private void await(AgentTask task) {
        try {
            while (!process.waitFor(LONG)) {
                // Servers and watchers run for as long as the agent.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.end();
        }
        if (task.isStopping()) {
            process.end(); // also what the shell has left
        }
        shell.onEnd(process, false);
        int code = process.exitCode();
        String end =
                task.isStopping()
                        ? "was stopped"
                        : code == 0 ? "completed (exit code 0)" : "failed with exit code " + code;
        shell.background()
                .end(
                        task,
                        new AgentTask.Ending(
                                task.isStopping() ? "stopped" : code == 0 ? "completed" : "failed",
                                "Background command \"" + task.description() + "\" " + end,
                                code,
                                null,
                                null));
    }
}
