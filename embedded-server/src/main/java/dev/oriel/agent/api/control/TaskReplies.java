package dev.oriel.agent.api.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.shell.AgentTask;
import dev.oriel.agent.api.tool.shell.BackgroundTasks;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Answers `get_task_output`. Thread-safe; blocks on the disk.
public final class TaskReplies {
    /// The end of the output that a reply has, in bytes.
    static final int MOST = 256 * 1024;

    private final BackgroundTasks tasks;

    public TaskReplies(BackgroundTasks tasks) {
        this.tasks = tasks;
    }

    /// What a task has printed so far: `{"output":…, "total_bytes":…, "truncated":…}`.
    ///
    /// @throws IllegalArgumentException if there is no such task, or its output cannot be read
    public ObjectNode output(ObjectNode request) {
        if (!request.path("task_id").isTextual()) {
            throw new IllegalArgumentException("get_task_output: task_id must be a string");
        }
        AgentTask task = tasks.find(request.path("task_id").textValue());
        if (task == null) {
            throw new IllegalArgumentException(
                    "get_task_output: no shell or Monitor task with that task_id in this session");
        }
        try {
            return read(task.output());
        } catch (NoSuchFileException e) {
            return reply("", 0, false); // it has reported nothing yet
        } catch (IOException e) {
            throw new IllegalArgumentException("The output of the task cannot be read.", e);
        }
    }

    private static ObjectNode read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long start = Math.max(0, size - MOST);
            ByteBuffer buffer = ByteBuffer.allocate((int) (size - start));
            while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) >= 0) {
                // until the buffer is full, or the file was cut meanwhile
            }
            buffer.flip();
            while (start > 0
                    && buffer.hasRemaining()
                    && (buffer.get(buffer.position()) & 0xC0) == 0x80) {
                buffer.get(); // the rest of a character
            }
            return reply(StandardCharsets.UTF_8.decode(buffer).toString(), size, start > 0);
        }
    }

    private static ObjectNode reply(String output, long size, boolean isCut) {
        return Json.object().put("output", output).put("total_bytes", size).put("truncated", isCut);
    }
}
