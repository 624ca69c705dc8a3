package dev.oriel.app.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShownItemsTest {
    private static final Item PROMPT = new Item.Prompt("p", 1, "Do it", List.of());
    private static final Item ANSWER = new Item.Answer("a", 5, "Done", false);
    private static final Item THOUGHT =
            new Item.Thinking("t", 2, "Hm", false, Duration.ofSeconds(3));
    private static final Item END =
            new Item.TurnEnd("e", 6, Item.Outcome.COMPLETED, Duration.ofSeconds(125), 1, 1, null);

    private static Item tool(String id, String name, ToolState state) {
        return new Item.Tool(
                id,
                3,
                new ToolRun(
                        id,
                        name,
                        List.of(new ToolRun.Field("file_path", id)),
                        state,
                        null,
                        SubagentRun.NONE));
    }

    private static Item ok(String id) {
        return tool(id, "Edit", new ToolState.Ok(null));
    }

    private static String summary(List<Item> items, String... opened) {
        return ShownItems.of(items, DetailLevel.SUMMARY, List.of(opened)::contains).stream()
                .map(Item::id)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @EnumSource(
            value = DetailLevel.class,
            names = {"NORMAL", "VERBOSE"})
    void everythingIsShownAtTheOtherLevels(DetailLevel level) {
        List<Item> all = List.of(PROMPT, THOUGHT, ok("x"), ANSWER, END);
        assertThat(ShownItems.of(all, level, _ -> false)).isEqualTo(all);
    }

    @Test
    void theWorkOfATurnIsOneLineThatOpensInPlace() {
        Item between = new Item.Answer("b", 4, "Next", false);
        List<Item> all = List.of(PROMPT, THOUGHT, ok("x"), between, ok("y"), ANSWER, END);
        assertThat(summary(all)).isEqualTo("p work:t b a e");
        assertThat(summary(all, "work:t")).isEqualTo("p work:t t x b y a e");
    }

    @Test
    void eachTurnHasItsOwnLine() {
        Item second = new Item.Prompt("q", 7, "And this", List.of());
        assertThat(summary(List.of(PROMPT, ok("x"), END, second, ok("y"), ANSWER)))
                .isEqualTo("p work:x e q work:y a");
    }

    @Test
    void whatFailedOrWaitsForTheUserStaysInSight() {
        Item failed = tool("f", "Bash", new ToolState.Failed(null));
        Item asked = tool("k", "Bash", new ToolState.Running(null, true));
        Item notice = new Item.Notice("n", 3, Item.Level.ERROR, "Broken", List.of());
        Item quiet = new Item.Notice("h", 3, Item.Level.QUIET, "Hook", List.of());
        assertThat(summary(List.of(PROMPT, ok("x"), failed, notice, quiet, asked)))
                .isEqualTo("p work:x f n k");
    }

    @Test
    void onlyTheLatestChecklistStaysInSight() {
        Item first = tool("l", "TodoWrite", new ToolState.Ok(null));
        Item last = tool("m", "TodoWrite", new ToolState.Ok(null));
        assertThat(summary(List.of(PROMPT, first, ok("x"), last, ANSWER)))
                .isEqualTo("p work:l m a");
    }

    @Test
    void theLineKnowsHowLongTheTurnTookAndWhetherItGoesOn() {
        Item running = tool("r", "Bash", new ToolState.Running(null));
        Item.Work done = line(List.of(PROMPT, ok("x"), END));
        assertThat(done.took()).isEqualTo(Duration.ofSeconds(125));
        assertThat(done.running()).isFalse();
        assertThat(line(List.of(PROMPT, ok("x"), running)).running()).isTrue();
        assertThat(line(List.of(PROMPT, ok("x"), running)).hides("r")).isTrue();
    }

    private static Item.Work line(List<Item> items) {
        return ShownItems.of(items, DetailLevel.SUMMARY, _ -> false).stream()
                .filter(Item.Work.class::isInstance)
                .map(Item.Work.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
