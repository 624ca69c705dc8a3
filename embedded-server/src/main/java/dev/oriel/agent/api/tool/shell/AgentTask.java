package dev.oriel.agent.api.tool.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A command or subagent that goes on while the conversation does. Thread-safe.
public final class AgentTask {
    private final Kind kind;
    private final String id;
    private final String toolUseId;
    private final String description;
    private final String command;
    private final Path output;
    private final Consumer<ObjectNode> emit;
    private final Runnable stop;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile boolean silent;

    /// @param id identifies the task for the model and in messages
    /// @param toolUseId the call that started it
    /// @param command the command line, or the prompt of a subagent
    /// @param output the file that receives what it prints or reports
    /// @param emit emits messages of the agent, also after the call
    /// @param stop asks it to stop; returns at once, may be called more than once
    public AgentTask(
            Kind kind,
            String id,
            String toolUseId,
            String description,
            String command,
            Path output,
            Consumer<ObjectNode> emit,
            Runnable stop) {
        this.kind = kind;
        this.id = id;
        this.toolUseId = toolUseId;
        this.description = description;
        this.command = command;
        this.output = output;
        this.emit = emit;
        this.stop = stop;
    }

    /// What goes on.
    public enum Kind {
        LOCAL_BASH,
        LOCAL_AGENT;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How a task has ended.
    ///
    /// @param status `completed`, `failed` or `stopped`
    /// @param summary a sentence for the user and the model
    /// @param exitCode null if there is none
    /// @param usage `{"total_tokens":…, "tool_uses":…, "duration_ms":…}`; null for a command
    /// @param report what the model is told besides the summary; null for nothing
    public record Ending(
            String status,
            String summary,
            @Nullable Integer exitCode,
            @Nullable ObjectNode usage,
            @Nullable String report) {}

    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public String description() {
        return description;
    }

    /// The command line, or the prompt of a subagent.
    public String command() {
        return command;
    }

    public Path output() {
        return output;
    }

    /// Completes when the task has ended.
    CompletableFuture<Ending> ending() {
        return ending;
    }

    /// Whether the task was asked to stop.
    public boolean isStopping() {
        return stopping;
    }

    /// `running`, or how the task has ended.
    public String status() {
        Ending known = ending.getNow(null);
        return known == null ? "running" : known.status();
    }

    /// The model needs no notice of the end, because it waits for it.
    void silence() {
        silent = true;
    }

    boolean isSilent() {
        return silent;
    }

    void stop() {
        stopping = true;
        stop.run();
    }

    void emit(ObjectNode message) {
        emit.accept(message);
    }

    /// A `system` message about this task.
    ObjectNode message(String subtype) {
        return Json.object()
                .put("type", "system")
                .put("subtype", subtype)
                .put("task_id", id)
                .put("tool_use_id", toolUseId);
    }

    ObjectNode entry() {
        return Json.object()
                .put("task_id", id)
                .put("task_type", kind.wireName())
                .put("description", description);
    }
}
