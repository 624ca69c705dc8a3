package dev.oriel.agent.api.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The surroundings of a tool call.
///
/// @param folder the session's folder, absolute
/// @param cancel is cancelled when the turn is interrupted
/// @param files the content of files that the model has seen
/// @param changes is told of each file before it is changed
/// @param privateFolder a folder for the agent's own files of this session; created when needed,
///   readable by the owner only
/// @param emit emits a message of the agent, for example `system/task_started`; the members
///   `session_id` and `uuid` are added
/// @param reply the inner response of the user's answer if the call asked the user; null otherwise
/// @param judged where the paths of the call led when its permission was decided
public record ToolContext(
        Path folder,
        CancelScope cancel,
        ReadState files,
        FileChangeListener changes,
        Path privateFolder,
        Consumer<ObjectNode> emit,
        @Nullable ObjectNode reply,
        JudgedPaths judged) {

    /// The surroundings of calls whose permission was not decided yet.
    public ToolContext(
            Path folder,
            CancelScope cancel,
            ReadState files,
            FileChangeListener changes,
            Path privateFolder,
            Consumer<ObjectNode> emit,
            @Nullable ObjectNode reply) {
        this(folder, cancel, files, changes, privateFolder, emit, reply, JudgedPaths.NONE);
    }

    public ToolContext withReply(ObjectNode answer) {
        return new ToolContext(folder, cancel, files, changes, privateFolder, emit, answer, judged);
    }

    public ToolContext withCancel(CancelScope scope) {
        return new ToolContext(folder, scope, files, changes, privateFolder, emit, reply, judged);
    }

    public ToolContext withJudged(JudgedPaths paths) {
        return new ToolContext(folder, cancel, files, changes, privateFolder, emit, reply, paths);
    }

    /// Whether the paths of the call still lead to where they led when it was decided. Reads the
    /// disk.
    public boolean hasSamePaths() {
        return judged.areSame(this);
    }

    /// Resolves a path that the model gave: absolute, or relative to the folder.
    ///
    /// @throws java.nio.file.InvalidPathException if it is not a path of this system
    public Path resolve(String path) {
        return folder.resolve(path);
    }
}
