package dev.oriel.agent.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.shell.AgentTask;
import dev.oriel.agent.api.tool.shell.BackgroundTasks;
import dev.oriel.message.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRepliesTest {
    @TempDir Path folder;
    private final BackgroundTasks tasks = new BackgroundTasks();
    private final TaskReplies replies = new TaskReplies(tasks);
    private Path output;

    @BeforeEach
    void add() {
        output = folder.resolve("b1.output");
        tasks.add(
                new AgentTask(
                        AgentTask.Kind.LOCAL_BASH,
                        "b1",
                        "toolu_1",
                        "Build",
                        "make",
                        output,
                        _ -> {},
                        () -> {}));
    }

    @Test
    void theOutputSoFarIsTold() throws Exception {
        assertThat(replies.output(request("b1")).path("output").asText()).isEmpty();
        Files.writeString(output, "one\n");
        JsonNode reply = replies.output(request("b1"));
        assertThat(reply.path("output").asText()).isEqualTo("one\n");
        assertThat(reply.path("total_bytes").asInt()).isEqualTo(4);
        assertThat(reply.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void ofALongOutputTheEndIsToldInWholeCharacters() throws Exception {
        Files.writeString(output, "x" + "é".repeat(TaskReplies.MOST) + "end");
        JsonNode reply = replies.output(request("b1"));
        assertThat(reply.path("output").asText())
                .matches("é+end")
                .hasSizeLessThan(TaskReplies.MOST);
        assertThat(reply.path("total_bytes").asInt()).isEqualTo(2 * TaskReplies.MOST + 4);
        assertThat(reply.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void unknownTasksAreRefused() {
        assertThatThrownBy(() -> replies.output(request("b2")))
                .hasMessageContaining("no shell or Monitor task with that task_id");
        assertThatThrownBy(() -> replies.output(Json.object()))
                .hasMessageContaining("task_id must be a string");
    }

    private static ObjectNode request(String task) {
        return Json.object().put("task_id", task);
    }
}
