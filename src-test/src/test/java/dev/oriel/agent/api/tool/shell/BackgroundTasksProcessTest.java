package dev.oriel.agent.api.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Commands that run in the background, as the model and the window see them.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There the tool for commands is another one.")
class BackgroundTasksProcessTest {
    @TempDir Path folder;

    private RecordedCalls calls;
    private ShellSession shell;
    private List<Tool> tools;

    @BeforeEach
    void open() {
        calls = new RecordedCalls(folder, folder.resolve("private"));
        shell = new ShellSession(folder, System.getenv());
        tools = ShellTools.all(shell);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private Tool tool(String name) {
        return tools.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    private ToolOutcome begin(String command) throws InterruptedException {
        return calls.call(
                tool("Bash"), Json.object().put("command", command).put("run_in_background", true));
    }

    private String id(ToolOutcome outcome) {
        return outcome.structured().path("backgroundTaskId").asText();
    }

    private List<String> subtypes() {
        return calls.emitted().stream().map(m -> m.path("subtype").asText()).toList();
    }

    private JsonNode lastOf(String subtype) {
        return calls.emitted().stream()
                .filter(m -> m.path("subtype").asText().equals(subtype))
                .toList()
                .getLast();
    }

    private void awaitEnd() {
        await().until(() ->
                subtypes().contains("task_notification")
                        && subtypes().getLast().equals("background_tasks_changed"));
    }

    @Test
    void reportsTheLifeOfACommand() throws InterruptedException, IOException {
        Path go = folder.resolve("go");
        String command = "echo a; until [ -e go ]; do sleep 0.02; done; echo b >&2";
        ToolOutcome outcome = begin(command);
        String id = id(outcome);
        AgentTask task = shell.background().running().getFirst();
        assertThat(outcome.content().asText())
                .isEqualTo(
                        "Command running in background with ID: "
                                + id
                                + ". Output is being written to: "
                                + task.output()
                                + ". You will be notified when it completes. To check interim"
                                + " output, use Read on that file path.");
        assertThat(subtypes()).containsExactly("background_tasks_changed", "task_started");
        assertThat(calls.emitted().getFirst().path("tasks").toString())
                .isEqualTo(
                        "["
                                + Json.object()
                                        .put("task_id", id)
                                        .put("task_type", "local_bash")
                                        .put("description", command)
                                + "]");
        assertThat(calls.emitted().getLast())
                .isEqualTo(
                        Json.object()
                                .put("type", "system")
                                .put("subtype", "task_started")
                                .put("task_id", id)
                                .put("tool_use_id", "toolu_1")
                                .put("description", command)
                                .put("is_backgrounded", true)
                                .put("task_type", "local_bash"));
        await().untilAsserted(() -> assertThat(task.output()).hasContent("a\n"));

        Files.createFile(go);
        awaitEnd();
        assertThat(subtypes())
                .containsExactly(
                        "background_tasks_changed",
                        "task_started",
                        "task_updated",
                        "task_notification",
                        "background_tasks_changed");
        JsonNode patch = lastOf("task_updated").path("patch");
        assertThat(patch.path("status").asText()).isEqualTo("completed");
        assertThat(patch.path("end_time").isIntegralNumber()).isTrue();
        JsonNode notification = lastOf("task_notification");
        assertThat(notification.path("status").asText()).isEqualTo("completed");
        assertThat(notification.path("output_file").asText()).isEqualTo(task.output().toString());
        assertThat(notification.path("summary").asText())
                .isEqualTo("Background command \"" + command + "\" completed (exit code 0)");
        assertThat(lastOf("background_tasks_changed").path("tasks")).isEmpty();
        assertThat(task.output()).hasContent("a\nb\n");
        assertThat(shell.background().takeNotices()).singleElement().asString().contains(id);
        assertThat(shell.background().takeNotices()).isEmpty();
    }

    @Test
    void wakesTheAgentWhenATaskEnds() throws InterruptedException {
        CompletableFuture<List<String>> notices = new CompletableFuture<>();
        shell.background().onNotice(() -> notices.complete(shell.background().takeNotices()));
        begin("exit 4");
        assertThat(notices.join())
                .singleElement()
                .asString()
                .contains("<status>failed</status>")
                .contains("failed with exit code 4");
    }

    @Test
    void stopsATaskWithAllItsProcesses() throws InterruptedException {
        String id = id(begin("trap '' TERM; sleep 965431 & sleep 965431"));
        await().until(() -> count("965431") >= 2);
        ToolOutcome outcome = calls.call(tool("TaskStop"), "task_id", id);
        assertThat(outcome.structured())
                .isEqualTo(
                        Json.object()
                                .put(
                                        "message",
                                        "Successfully stopped task: "
                                                + id
                                                + " (trap '' TERM; sleep 965431 & sleep 965431)")
                                .put("task_id", id)
                                .put("task_type", "local_bash")
                                .put("command", "trap '' TERM; sleep 965431 & sleep 965431"));
        assertThat(outcome.content().asText()).isEqualTo(outcome.structured().toString());
        assertThat(count("965431")).isZero();
        awaitEnd();
        assertThat(lastOf("task_updated").path("patch").path("status").asText())
                .isEqualTo("killed");
        assertThat(lastOf("task_notification").path("status").asText()).isEqualTo("stopped");
        assertThat(shell.background().takeNotices()).isEmpty();
        assertThat(calls.call(tool("TaskStop"), "shell_id", id).content().asText())
                .isEqualTo(
                        "<tool_use_error>Task "
                                + id
                                + " is not running (status: stopped)</tool_use_error>");
    }

    @Test
    void knowsNoOtherTasks() throws InterruptedException {
        String text = "<tool_use_error>No task found with ID: nope</tool_use_error>";
        ToolOutcome outcome = calls.call(tool("TaskStop"), "task_id", "nope");
        assertThat(outcome.content().asText()).isEqualTo(text);
        assertThat(outcome.structured().asText()).isEqualTo("Error: No task found with ID: nope");
        assertThat(calls.call(tool("TaskOutput"), "task_id", "nope").content().asText())
                .isEqualTo(text);
        assertThat(calls.call(tool("TaskStop")).content().asText()).contains("is missing");
    }

    @Test
    void returnsTheOutputOfATask() throws InterruptedException {
        String id = id(begin("echo a; exit 3"));
        ToolOutcome outcome = calls.call(tool("TaskOutput"), "task_id", id);
        assertThat(outcome.content().asText())
                .isEqualTo(
                        "<retrieval_status>success</retrieval_status>\n\n<task_id>"
                                + id
                                + "</task_id>\n\n<task_type>local_bash</task_type>\n\n"
                                + "<status>failed</status>\n\n<exit_code>3</exit_code>\n\n"
                                + "<output>\na\n</output>");
        assertThat(outcome.structured().path("task").path("exitCode").asInt()).isEqualTo(3);
    }

    @Test
    void doesNotWaitForATaskUnlessAsked() throws InterruptedException {
        String id = id(begin("sleep 965432"));
        ObjectNode now = Json.object().put("task_id", id).put("block", false);
        assertThat(calls.call(tool("TaskOutput"), now).structured().path("retrieval_status"))
                .hasToString("\"not_ready\"");
        ObjectNode soon = Json.object().put("task_id", id).put("timeout", 20);
        assertThat(calls.call(tool("TaskOutput"), soon).content().asText())
                .contains("<retrieval_status>timeout<")
                .contains("<status>running<");
    }

    @Test
    void outlivesAnInterruptOfTheTurn() throws InterruptedException {
        begin("sleep 965433");
        await().until(() -> count("965433") > 0);
        calls.cancel().cancel();
        assertThat(shell.background().running()).hasSize(1);
        assertThat(count("965433")).isPositive();
    }

    @Test
    void endsWithTheSessionAndReportsNothingThen() throws InterruptedException {
        begin("trap '' TERM; sleep 965434 & sleep 965434");
        await().until(() -> count("965434") >= 2);
        shell.close();
        assertThat(count("965434")).isZero();
        await().until(() -> shell.background().running().isEmpty());
        assertThat(subtypes()).containsExactly("background_tasks_changed", "task_started");
        assertThat(shell.background().takeNotices()).isEmpty();
    }

    @Test
    void limitsTheNumberOfTasks() throws InterruptedException {
        for (int i = 0; i < 32; i++) {
            begin("sleep 965435");
        }
        assertThat(begin("sleep 965435").content().asText()).contains("too many");
        assertThat(shell.background().running()).hasSize(32);
    }

    @Test
    void showsBothEndsOfALongOutput() throws InterruptedException {
        String id = id(begin("seq 1 20000"));
        String output =
                calls.call(tool("TaskOutput"), "task_id", id)
                        .structured()
                        .path("task")
                        .path("output")
                        .asText();
        assertThat(output)
                .startsWith("1\n2\n")
                .contains("[77KB left out; all of it is in ")
                .endsWith("19999\n20000")
                .hasSizeLessThan(31_000);
    }

    private static long count(String word) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().arguments().map(List::of).orElse(List.of()).contains(word))
                .count();
    }

    @Test
    void movesACommandThatTheUserDoesNotWantToWaitFor() throws Exception {
        CompletableFuture<ToolOutcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        outcome.complete(
                                calls.call(
                                        tool("Bash"),
                                        "command",
                                        "echo begun; until [ -e go ]; do sleep 0.1; done; echo"
                                                + " over"));
                    } catch (InterruptedException e) {
                        outcome.completeExceptionally(e);
                    }
                });
        await().until(() -> shell.moveToBackground(null));
        ToolOutcome moved = outcome.get();
        assertThat(moved.content().asText()).contains("moved the command to the background");
        assertThat(moved.structured().path("backgroundedByUser").asBoolean()).isTrue();
        assertThat(shell.background().running()).hasSize(1);
        assertThat(shell.moveToBackground(null)).isFalse();
        Files.createFile(folder.resolve("go"));
        await().until(() -> shell.background().running().isEmpty());
        assertThat(shell.background().takeNotices())
                .singleElement()
                .asString()
                .contains(id(moved), "completed");
    }
}
