package dev.oriel.app.outline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.PromptLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutlineViewModelTest {
    private final List<Long> asked = new ArrayList<>();
    private CompletableFuture<PromptLines> reply = new CompletableFuture<>();
    private final OutlineViewModel outline =
            new OutlineViewModel(
                    before -> {
                        asked.add(before);
                        reply = new CompletableFuture<>();
                        return reply;
                    },
                    Runnable::run);

    private void found(long next, String... newestFirst) {
        List<PromptLines.Line> lines =
                Arrays.stream(newestFirst)
                        .map(t -> new PromptLines.Line(t.length(), t, ""))
                        .toList();
        reply.complete(new PromptLines(lines, next));
    }

    private String shown() {
        return outline.shown().get().stream()
                .map(PromptLines.Line::text)
                .collect(Collectors.joining(", "));
    }

    @Test
    void pagesAreJoinedOldestFirst() {
        outline.open();
        assertThat(outline.status().get()).isEqualTo("Loading…");
        found(50, "Fourth", "Third");
        assertThat(outline.status().get()).isEqualTo("2 prompts, loading…");
        found(0, "Second", "First");
        assertThat(asked).containsExactly(Long.MAX_VALUE, 50L);
        assertThat(shown()).isEqualTo("First, Second, Third, Fourth");
        assertThat(outline.status().get()).isEqualTo("4 prompts");
    }

    @Test
    void theFilterKeepsPromptsWithAllWords() {
        outline.open();
        found(0, "Paint the red door", "Paint a window", "The Red one");
        outline.setFilter("RED  the");
        assertThat(shown()).isEqualTo("The Red one, Paint the red door");
        outline.setFilter("green");
        assertThat(outline.status().get()).isEqualTo("No prompt has these words.");
        outline.setFilter("");
        assertThat(outline.shown().get()).hasSize(3);
    }

    @Test
    void emptyAndBrokenAreSaid() {
        outline.open();
        found(0);
        assertThat(outline.status().get()).isEqualTo("There are no prompts yet.");
        OutlineViewModel broken =
                new OutlineViewModel(
                        _ -> CompletableFuture.failedFuture(new IllegalStateException()),
                        Runnable::run);
        broken.open();
        assertThat(broken.status().get()).isEqualTo("The prompts could not be loaded.");
        broken.setFilter("any");
        assertThat(broken.status().get()).isEqualTo("The prompts could not be loaded.");
    }

    @Test
    void aPageThatFailsLeavesThoseBeforeIt() {
        outline.open();
        found(50, "Second");
        assertThat(outline.status().get()).isEqualTo("1 prompt, loading…");
        reply.completeExceptionally(new IllegalStateException());
        assertThat(shown()).isEqualTo("Second");
        outline.setFilter("sec");
        assertThat(outline.status().get()).isEqualTo("1 prompt, earlier ones could not be loaded");
    }

    @Test
    void aLongConversationIsLoadedPageByPageAndFilteredWhole() {
        OutlineViewModel many =
                new OutlineViewModel(
                        before -> {
                            long newest = Math.min(before, 50_001) - 1;
                            List<PromptLines.Line> page = new ArrayList<>();
                            for (long seq = newest; seq > Math.max(0, newest - 500); seq--) {
                                page.add(new PromptLines.Line(seq, "Prompt number " + seq, ""));
                            }
                            long next = newest > 500 ? newest - 499 : 0;
                            return CompletableFuture.completedFuture(new PromptLines(page, next));
                        },
                        Runnable::run);
        many.open();
        assertThat(many.status().get()).isEqualTo("50,000 prompts");
        assertThat(many.shown().get().getFirst().seq()).isEqualTo(1);
        many.setFilter("NUMBER 49999");
        assertThat(many.shown().get()).extracting(PromptLines.Line::seq).containsExactly(49_999L);
    }

    @Test
    void aClosedOutlineLoadsNothingMore() {
        outline.open();
        outline.close();
        found(50, "Late");
        assertThat(asked).hasSize(1);
        assertThat(shown()).isEmpty();
    }

    @Test
    void aTimeThatIsNotKnownIsEmpty() {
        assertThat(OutlinePanel.time("", Instant.EPOCH)).isEmpty();
        assertThat(OutlinePanel.time("yesterday", Instant.EPOCH)).isEmpty();
        assertThat(OutlinePanel.time("2026-03-01T10:00:00Z", Instant.EPOCH)).contains("Mar");
    }
}
