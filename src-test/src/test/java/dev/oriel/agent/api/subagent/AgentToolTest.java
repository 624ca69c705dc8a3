package dev.oriel.agent.api.subagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.shell.BackgroundTasks;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import dev.oriel.testing.api.ScriptedSubagents;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentToolTest {
    @TempDir Path folder;

    private final BackgroundTasks background = new BackgroundTasks();
    private RecordedCalls calls;

    @BeforeEach
    void open() {
        calls = new RecordedCalls(folder, folder.resolve("private"));
    }

    private AgentTool tool(SubagentRunner runner) {
        return new AgentTool(runner, SubagentTypes.load(null, folder, folder), background);
    }

    private static ObjectNode input(@Nullable String type) {
        ObjectNode input = Json.object().put("description", "look").put("prompt", "find it");
        return type == null ? input : input.put("subagent_type", type);
    }

    private List<String> subtypes() {
        return calls.emitted().stream().map(m -> m.path("subtype").asText()).toList();
    }

    private JsonNode message(String subtype) {
        return calls.emitted().stream()
                .filter(m -> m.path("subtype").asText().equals(subtype))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void returnsTheReportWithAFrame() throws InterruptedException {
        ScriptedSubagents subagents = new ScriptedSubagents("found\n[forged]", null).ending();
        ToolOutcome outcome = calls.call(tool(subagents), input("Explore").put("model", "haiku"));
        SubagentRunner.Assignment assignment = subagents.started().getFirst();
        assertThat(assignment.definition().name()).isEqualTo("Explore");
        assertThat(assignment.prompt()).isEqualTo("find it");
        assertThat(assignment.model()).isEqualTo("haiku");
        assertThat(assignment.toolUseId()).isEqualTo("toolu_1");
        String id = assignment.agentId();
        assertThat(outcome.content().path(0).path("text").asText())
                .startsWith("[Subagent report] ")
                .contains("not the user")
                .containsPattern(
                        "\n  found\n  \\[forged\\]\nagentId: "
                                + id
                                + "\n<usage>subagent_tokens: 31\ntool_uses: 1\nduration_ms:"
                                + " \\d+</usage>$");
        JsonNode structured = outcome.structured();
        assertThat(structured.path("status").asText()).isEqualTo("completed");
        assertThat(structured.path("agentId").asText()).isEqualTo(id);
        assertThat(structured.path("totalTokens").asInt()).isEqualTo(31);
        assertThat(structured.path("totalToolUseCount").asInt()).isEqualTo(1);
        assertThat(structured.path("usage").path("output_tokens").asInt()).isEqualTo(31);
        assertThat(structured.path("content").path(0).path("text").asText())
                .isEqualTo("found\n[forged]");
    }

    @Test
    void reportsItsLife() throws InterruptedException {
        calls.call(tool(new ScriptedSubagents("x", null).ending()), input(null));
        assertThat(subtypes())
                .containsExactly(
                        "task_started", "task_progress", "task_updated", "task_notification");
        JsonNode started = message("task_started");
        assertThat(started.path("task_type").asText()).isEqualTo("local_agent");
        assertThat(started.path("subagent_type").asText()).isEqualTo("general-purpose");
        assertThat(started.path("tool_use_id").asText()).isEqualTo("toolu_1");
        assertThat(started.has("is_backgrounded")).isFalse();
        JsonNode progress = message("task_progress");
        assertThat(progress.path("last_tool_name").asText()).isEqualTo("Grep");
        assertThat(progress.path("usage").path("total_tokens").asInt()).isEqualTo(5);
        assertThat(message("task_updated").path("patch").path("status").asText())
                .isEqualTo("completed");
        assertThat(message("task_notification").path("summary").asText()).isEqualTo("x");
        assertThat(calls.emitted().stream().map(m -> m.path("task_id")).distinct()).hasSize(1);
    }

    @Test
    void saysWhenASubagentCannotGoOn() throws InterruptedException {
        ToolOutcome part =
                calls.call(tool(new ScriptedSubagents("half", "limit").ending()), input(null));
        assertThat(part.content().path(0).path("text").asText())
                .startsWith("The subagent could not finish: limit\n[Subagent report]")
                .contains("\n  half\n");
        assertThat(part.structured().path("status").asText()).isEqualTo("failed");
        ToolOutcome nothing =
                calls.call(tool(new ScriptedSubagents(" ", "limit").ending()), input(null));
        assertThat(nothing).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(nothing.content().asText()).isEqualTo("The subagent could not finish: limit");
    }

    @Test
    void refusesUnknownTypes() throws InterruptedException {
        ToolOutcome outcome =
                calls.call(tool(new ScriptedSubagents("x", null).ending()), input("nope"));
        assertThat(outcome.content().asText())
                .isEqualTo(
                        "<tool_use_error>Agent type 'nope' not found. Available agents: Explore,"
                                + " Plan, general-purpose</tool_use_error>");
    }

    @Test
    void endsWithTheTurn() {
        ScriptedSubagents subagents = new ScriptedSubagents("x", null);
        AgentTool tool = tool(subagents);
        Thread.ofVirtual()
                .start(() -> {
                    await().until(() -> !subagents.started().isEmpty());
                    calls.cancel().cancel();
                });
        assertThatThrownBy(() -> calls.call(tool, input(null)))
                .isInstanceOf(CancellationException.class);
        assertThat(message("task_updated").path("patch").path("status").asText())
                .isEqualTo("killed");
        assertThat(message("task_notification").path("status").asText()).isEqualTo("stopped");
    }

    @Test
    void runsTenAtTheSameTime() {
        ScriptedSubagents subagents = new ScriptedSubagents("x", null);
        AgentTool tool = tool(subagents);
        List<CompletableFuture<Void>> all =
                IntStream.range(0, 12)
                        .mapToObj(_ ->
                                CompletableFuture.runAsync(
                                        () -> run(tool), r -> Thread.ofVirtual().start(r)))
                        .toList();
        await().until(() -> subtypes().stream().filter("task_started"::equals).count() == 12);
        await().until(() -> subagents.started().size() == 10);
        assertThat(subagents.started()).hasSize(10);
        subagents.ending();
        all.forEach(CompletableFuture::join);
        assertThat(subagents.started()).hasSize(12);
    }

    private void run(AgentTool tool) {
        try {
            calls.call(tool, input(null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void worksInTheBackground() throws InterruptedException {
        ScriptedSubagents subagents = new ScriptedSubagents("found", null);
        ToolOutcome outcome =
                calls.call(tool(subagents), input(null).put("run_in_background", true));
        assertThat(outcome.structured().path("status").asText()).isEqualTo("async_launched");
        Path file = Path.of(outcome.structured().path("outputFile").asText());
        assertThat(file).isEmptyFile();
        assertThat(background.running()).hasSize(1);
        calls.cancel().cancel(); // an interrupt of the turn
        assertThat(background.running()).hasSize(1);
        subagents.ending();
        await().until(() -> background.running().isEmpty());
        assertThat(file).content().contains("\n  found");
        await().untilAsserted(() ->
                assertThat(background.takeNotices())
                        .singleElement()
                        .asString()
                        .contains("completed")
                        .contains("\n  found\n"));
    }

    @Test
    void canBeStoppedInTheBackground() throws InterruptedException {
        ScriptedSubagents subagents = new ScriptedSubagents("found", null);
        ToolOutcome outcome =
                calls.call(tool(subagents), input(null).put("run_in_background", true));
        String id = outcome.structured().path("agentId").asText();
        assertThat(background.stop(id)).isTrue();
        await().until(() -> subtypes().contains("task_notification"));
        assertThat(message("task_notification").path("status").asText()).isEqualTo("stopped");
        assertThat(background.stop(id)).isFalse();
    }
}
