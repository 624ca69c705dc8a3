package dev.oriel.agent.api.tool.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command that runs in the background until it ends, is stopped, or the agent ends.
final class BackgroundCommand {
    private static final Duration LONG = Duration.ofHours(1);

    /// How long a command goes on that was not meant to be in the background.
    private static final Duration MOST_AFTER_TIMEOUT = Duration.ofMinutes(30);

    private final ShellSession shell;
    private final ShellProcess process;
    private final List<Path> files;

    /// @param files are deleted when the command has ended
    BackgroundCommand(ShellSession shell, ShellProcess process, List<Path> files) {
        this.shell = shell;
        this.process = process;
        this.files = List.copyOf(files);
    }

    ToolOutcome begin(String id, ToolRequest call, ToolContext context) {
        AgentTask task = task(id, call, context);
        if (!shell.background().add(task)) {
            process.end();
            shell.onEnd(process, true);
            return ToolOutcome.failed(
                    "There are too many background tasks. Stop one of them with TaskStop first.");
        }
        Thread.ofVirtual().name("oriel-background-command").start(() -> await(task, null));
        String text =
                "Command running in background with ID: "
                        + id
                        + ". Output is being written to: "
                        + process.output()
                        + ". You will be notified when it completes. To check interim output, use"
                        + " Read on that file path.";
        return new ToolOutcome.Ok(TextNode.valueOf(text), structured(id, ""), List.of(), false);
    }

    /// Moves a command whose time has passed to the background.
    ///
    /// @param soFar what it has printed
    /// @return null if there are too many tasks; nothing has happened then
    @Nullable ToolOutcome continueWith(
            String id, ToolRequest call, ToolContext context, String soFar, Duration timeout) {
        AgentTask task = task(id, call, context);
        if (!shell.background().add(task)) {
            return null;
        }
        Thread.ofVirtual()
                .name("oriel-background-command")
                .start(() -> await(task, MOST_AFTER_TIMEOUT));
        String text =
                "Command did not complete within its "
                        + CommandFacts.words(timeout)
                        + " timeout and runs on in the background with ID: "
                        + id
                        + ". Output is being written to: "
                        + process.output()
                        + ". You will be notified when it completes; after "
                        + CommandFacts.words(MOST_AFTER_TIMEOUT)
                        + " it is stopped. Do not start it a second time meanwhile. Stop it with"
                        + " TaskStop if it is not needed.";
        return new ToolOutcome.Ok(
                TextNode.valueOf(soFar.isEmpty() ? text : soFar + "\n" + text),
                structured(id, soFar).put("timedOutAfterMs", timeout.toMillis()),
                List.of(),
                false);
    }

    /// Moves a command to the background because the user wants it.
    ///
    /// @param soFar what it has printed
    /// @return null if there are too many tasks; nothing has happened then
    @Nullable ToolOutcome move(String id, ToolRequest call, ToolContext context, String soFar) {
        AgentTask task = task(id, call, context);
        if (!shell.background().add(task)) {
            return null;
        }
        Thread.ofVirtual().name("oriel-background-command").start(() -> await(task, null));
        String text =
                "The user has moved the command to the background with ID: "
                        + id
                        + ". Output is being written to: "
                        + process.output()
                        + ". You will be notified when it completes.";
        return new ToolOutcome.Ok(
                TextNode.valueOf(soFar.isEmpty() ? text : soFar + "\n" + text),
                structured(id, soFar).put("backgroundedByUser", true),
                List.of(),
                false);
    }

    private AgentTask task(String id, ToolRequest call, ToolContext context) {
        String command = call.input().path("command").asText();
        String description = call.input().path("description").asText("");
        return new AgentTask(
                AgentTask.Kind.LOCAL_BASH,
                id,
                call.id(),
                description.isBlank() ? command : description,
                command,
                process.output(),
                context.emit(),
                process::endSoon);
    }

    private static ObjectNode structured(String id, String output) {
        return Json.object()
                .put("stdout", output)
                .put("stderr", "")
                .put("interrupted", false)
                .put("isImage", false)
                .put("noOutputExpected", false)
                .put("backgroundTaskId", id);
    }

    /// @param limit after which the command is stopped; null for none
    private void await(AgentTask task, @Nullable Duration limit) {
        try {
            while (!process.waitFor(limit == null ? LONG : limit)) {
                if (limit != null) {
                    task.stop();
                    process.end();
                    break;
                }
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
        files.forEach(ShellSession::discard);
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
