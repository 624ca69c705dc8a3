package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemOpeningTest {
    private static final RenderSettings SETTINGS = RenderSettings.of(80);
    private static final ItemOpening CLOSED = new ItemOpening(false, 0, Set.of());

    private static final String FOLDED =
            """
            before

            <details><summary>One</summary>

            first

            <details><summary>Inner</summary>

            second

            </details>

            </details>

            <details><summary>Two</summary>

            third

            </details>
            """;

    private static ItemOpening reveal(Item item, ItemOpening now, String text) {
        List<String> all = ItemLines.of(item, SETTINGS);
        int line = indexOf(all, text);
        LinePlaces places = new LinePlaces(all);
        ItemOpening next =
                now.reveal(item, SETTINGS, shown -> places.indexIn(ItemLines.of(shown), line));
        return Objects.requireNonNull(next);
    }

    private static int indexOf(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError(text + " is not in " + lines);
    }

    private static List<String> shown(Item item, ItemOpening open) {
        return ItemLines.of(
                ItemRenderer.render(
                        item,
                        new RenderOptions(
                                open.toggled(),
                                open.expansions(),
                                open.parts(),
                                SETTINGS,
                                Instant.EPOCH)));
    }

    private static ToolRun bash(String id, String output) {
        return new ToolRun(
                id,
                "Bash",
                List.of(new ToolRun.Field("command", "ls", true)),
                new ToolState.Ok(null),
                ToolOutput.of(output),
                SubagentRun.NONE);
    }

    private static Item.Tool agent(SubagentRun.Step... steps) {
        ToolRun run =
                new ToolRun(
                        "task",
                        "Task",
                        List.of(new ToolRun.Field("prompt", "Look around", true)),
                        new ToolState.Ok(null),
                        ToolOutput.of("The result"),
                        new SubagentRun(List.of(steps), 0, null));
        return new Item.Tool("task", 1, run);
    }

    @Test
    void onlyTheFoldedPartWithTheLineIsOpened() {
        Item answer = new Item.Answer("a", 1, FOLDED, false);
        assertThat(shown(answer, CLOSED)).containsExactly("before", "One", "Two");
        assertThat(shown(answer, reveal(answer, CLOSED, "third")))
                .containsExactly("before", "One", "Two", "third");
        assertThat(shown(answer, reveal(answer, CLOSED, "second")))
                .containsExactly("before", "One", "first", "Inner", "second", "Two");
    }

    @Test
    void whatIsShownAlreadyStaysAsItIs() {
        Item answer = new Item.Answer("a", 1, FOLDED, false);
        ItemOpening third = reveal(answer, CLOSED, "third");
        assertThat(reveal(answer, third, "before")).isEqualTo(third);
        assertThat(reveal(answer, third, "third")).isEqualTo(third);
        assertThat(shown(answer, reveal(answer, third, "first"))).contains("first", "third");
    }

    @Test
    void aCallOfASubagentIsOpenedAlsoIfOthersPrintedTheSame() {
        Item.Tool task =
                agent(
                        new SubagentRun.Called(bash("u1", "same")),
                        new SubagentRun.Said("I *see* something"),
                        new SubagentRun.Called(bash("u2", "same\nneedle")),
                        new SubagentRun.Called(bash("u3", "same")));
        assertThat(reveal(task, CLOSED, "I see something").parts()).isEmpty();
        ItemOpening open = reveal(task, CLOSED, "needle");
        assertThat(open.toggled()).isTrue();
        assertThat(open.parts()).containsExactly("u2");
        assertThat(shown(task, open)).contains("needle");
    }

    @Test
    void aStepBeforeTheShownOnesIsShown() {
        List<SubagentRun.Step> steps = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            steps.add(new SubagentRun.Called(bash("u" + i, "output " + i + " of it")));
        }
        Item.Tool task = agent(steps.toArray(SubagentRun.Step[]::new));
        ItemOpening open = reveal(task, CLOSED, "output 3 of it");
        assertThat(open.parts()).containsExactly("u3");
        assertThat(shown(task, open)).contains("output 3 of it").doesNotContain("output 4 of it");
    }

    @Test
    void aCallOfASubagentOfASubagentIsOpenedWithTheOnesAroundIt() {
        ToolRun inner =
                new ToolRun(
                        "in",
                        "Agent",
                        List.of(new ToolRun.Field("prompt", "Look deeper", true)),
                        new ToolState.Ok(null),
                        ToolOutput.of("done"),
                        new SubagentRun(
                                List.of(new SubagentRun.Called(bash("deep", "needle"))), 0, null));
        Item.Tool task = agent(new SubagentRun.Called(inner));
        assertThat(reveal(task, CLOSED, "needle").parts())
                .containsExactlyInAnyOrder("in", "in/deep");
    }

    @Test
    void aFoldedPartInTheResultOfASubagentIsOpened() {
        ToolRun run =
                new ToolRun(
                        "task",
                        "Task",
                        List.of(),
                        new ToolState.Ok(null),
                        ToolOutput.of(FOLDED),
                        SubagentRun.NONE);
        Item.Tool task = new Item.Tool("task", 1, run);
        assertThat(shown(task, reveal(task, CLOSED, "third"))).contains("third");
        assertThat(shown(task, reveal(task, CLOSED, "third"))).doesNotContain("first");
    }

    @Test
    void aCardThatIsOpenByDefaultIsNotClosed() {
        ToolRun failed =
                new ToolRun(
                        "t",
                        "Bash",
                        List.of(new ToolRun.Field("command", "ls", true)),
                        new ToolState.Failed(null),
                        ToolOutput.of("line\n".repeat(300) + "needle\n" + "line\n".repeat(300)),
                        SubagentRun.NONE);
        Item.Tool item = new Item.Tool("t", 1, failed);
        ItemOpening open = reveal(item, CLOSED, "needle");
        assertThat(open.toggled()).isFalse();
        assertThat(open.expansions()).isPositive();
        assertThat(shown(item, open)).contains("needle");
    }

    @Test
    void theTextOfAnAttachedFileIsOpenedAsFarAsTheLineIs() {
        String text = "a line\n".repeat(300) + "the needle\n" + "a line\n".repeat(3_000);
        Attachment file =
                new Attachment(
                        Attachment.Kind.DOCUMENT,
                        "text/plain",
                        "a.log",
                        text.length(),
                        0,
                        0,
                        new MediaPlace(1, 0),
                        text);
        Item.Prompt prompt = new Item.Prompt("p", 1, "Why?", List.of(file));
        ItemOpening opened = reveal(prompt, CLOSED, "the needle");
        assertThat(opened.parts()).hasSize(1);
        assertThat(shown(prompt, opened)).anyMatch(l -> l.contains("the needle"));
        assertThat(shown(prompt, opened)).hasSizeLessThan(1_000);
    }
}
