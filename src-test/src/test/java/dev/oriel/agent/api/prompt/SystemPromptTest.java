package dev.oriel.agent.api.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SystemPromptTest {
    private final AtomicInteger reads = new AtomicInteger();
    private String mode = "default";

    private SystemPrompt prompt(AgentOptions.@Nullable SystemPrompt wanted) {
        return new SystemPrompt(
                wanted,
                () -> {
                    reads.incrementAndGet();
                    return new EnvironmentFacts(
                            Path.of("/code/x"),
                            true,
                            "Linux 6",
                            LocalDate.of(2026, 1, 2),
                            "## main");
                },
                () ->
                        new ProjectInstructions(
                                List.of(
                                        new ProjectInstructions.Entry(
                                                Path.of("/code/x/CLAUDE.md"), false, "Be terse."))),
                () -> mode,
                () -> List.of("Bash", "Grep", "Read", "TodoWrite"));
    }

    private static String text(List<ObjectNode> blocks) {
        return blocks.stream().map(b -> b.path("text").asText()).collect(Collectors.joining("\n"));
    }

    @Test
    void itNamesTheSurroundingsAndTheInstructions() {
        String text = text(prompt(null).get());

        assertThat(text)
                .contains("/code/x", "Linux 6", "2026-01-02", "## main", "Be terse.", "TodoWrite")
                .doesNotContain("ExitPlanMode");
    }

    @Test
    void onlyTheLastBlockHasAMarkerForTheCache() {
        List<ObjectNode> blocks = prompt(null).get();

        assertThat(blocks.getLast().has("cache_control")).isTrue();
        assertThat(blocks.subList(0, blocks.size() - 1)).noneMatch(b -> b.has("cache_control"));
    }

    @Test
    void itStaysTheSameForAnAgent() {
        SystemPrompt prompt = prompt(null);

        assertThat(prompt.get()).isEqualTo(prompt.get());
        assertThat(reads).hasValue(1);
    }

    @Test
    void planModeIsExplained() {
        SystemPrompt prompt = prompt(null);
        mode = "plan";

        assertThat(text(prompt.get())).contains("ExitPlanMode");
    }

    @Test
    void aClientCanReplaceIt() {
        List<ObjectNode> blocks =
                prompt(new AgentOptions.SystemPrompt.Replacement("You are a poet.")).get();

        assertThat(blocks.getFirst().path("text").asText()).isEqualTo("You are a poet.");
        assertThat(text(blocks))
                .doesNotContain("Be terse.")
                .doesNotContain("Oriel")
                .contains("/code/x");
    }

    @Test
    void aClientCanAddToIt() {
        List<ObjectNode> blocks = prompt(new AgentOptions.SystemPrompt.Addition("Rhyme.")).get();

        assertThat(text(blocks)).contains("Be terse.").endsWith("Rhyme.");
        assertThat(blocks.getLast().has("cache_control")).isTrue();
    }

    @Test
    void anEmptyReplacementLeavesAValidPrompt() {
        assertThat(prompt(new AgentOptions.SystemPrompt.Replacement(" ")).get())
                .allMatch(b -> !b.path("text").asText().isBlank())
                .hasSize(1);
    }
}
