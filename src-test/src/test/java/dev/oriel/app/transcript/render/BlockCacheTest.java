package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.options.RenderSettings;
import dev.oriel.testing.manual.ManualLane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which items are rendered when, and which blocks stay the same objects.
class BlockCacheTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final ManualLane turns = new ManualLane();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private int rendered;
    private final BlockCache cache =
            new BlockCache(turns.lane(), background::add, () -> rendered++);

    private static Item answer(String id, String text) {
        return new Item.Answer(id, 1, text, false);
    }

    private static Item tool(ToolState state) {
        List<ToolRun.Field> input = List.of(new ToolRun.Field("command", "make\nmake test"));
        return new Item.Tool(
                "t", 1, new ToolRun("t", "Bash", input, state, null, SubagentRun.NONE));
    }

    private List<@Nullable List<ParagraphBlock>> render(Item... items) {
        return cache.blocksOf(List.of(items), NOW);
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
        turns.runAll();
    }

    private String text(Item item) {
        List<ParagraphBlock> blocks = render(item).getFirst();
        assertThat(blocks).isNotNull();
        StringBuilder all = new StringBuilder();
        blocks.forEach(b -> all.append(b.document().getText()));
        return all.toString();
    }

    @Test
    void anItemIsRenderedOnce() {
        List<ParagraphBlock> first = render(answer("a", "one")).getFirst();
        List<ParagraphBlock> second = render(answer("a", "one")).getFirst();

        assertThat(second).isSameAs(first);
        assertThat(background).isEmpty();
    }

    @Test
    void unchangedBlocksOfAChangedItemStayTheSameObjects() {
        List<ParagraphBlock> before = render(answer("a", "one\n\ntwo")).getFirst();
        List<ParagraphBlock> after = render(answer("a", "one\n\nthree")).getFirst();

        assertThat(after.getFirst()).isSameAs(before.getFirst());
        assertThat(after.getLast()).isNotSameAs(before.getLast());
    }

    @Test
    void aLargePageIsRenderedInTheBackgroundFromTheEnd() {
        String text = "word ".repeat(6_000);
        Item[] items = {answer("a", text), answer("b", text), answer("c", text)};

        assertThat(render(items)).element(0).isNull();
        assertThat(render(items)).element(2).isNotNull();
        assertThat(rendered).isZero();
        runBackground();

        assertThat(rendered).isPositive();
        assertThat(render(items)).doesNotContainNull();
    }

    @Test
    void blocksOfAConversationThatIsNoLongerShownAreDiscarded() {
        Item large = answer("a", "word ".repeat(20_000));
        assertThat(render(large)).containsOnlyNulls();
        cache.clear();
        runBackground();

        assertThat(rendered).isZero();
    }

    @Test
    void aRunningToolIsRenderedAgainEverySecond() {
        Item running = tool(new ToolState.Running(NOW.minusSeconds(5)));
        List<ParagraphBlock> first = render(running).getFirst();
        assertThat(render(running).getFirst()).isSameAs(first);

        List<ParagraphBlock> later =
                cache.blocksOf(List.of(running), NOW.plusSeconds(1)).getFirst();
        assertThat(later).isNotEqualTo(first);
        assertThat(BlockCache.isRunning(running)).isTrue();
        assertThat(BlockCache.isRunning(tool(new ToolState.Ok(Duration.ZERO)))).isFalse();
    }

    @Test
    void aToggledItemIsOpenedAndClosed() {
        Item tool = tool(new ToolState.Ok(Duration.ZERO));
        assertThat(text(tool)).doesNotContain("make test");
        cache.toggle("t");
        assertThat(text(tool)).contains("make test");
        cache.toggle("t");
        assertThat(text(tool)).doesNotContain("make test");
    }

    @Test
    void anItemThatHidesASearchHitIsOpenedAndHighlighted() {
        Item tool = tool(new ToolState.Ok(Duration.ZERO));
        SearchTarget target = new SearchTarget(1, List.of("test"), "make test");
        cache.reveal(tool, new SearchTargetMatcher(target));

        assertThat(text(tool)).contains("make test");
        assertThat(classesOf(tool)).contains("sought");
        cache.clearHighlight();
        assertThat(classesOf(tool)).doesNotContain("sought");
        assertThat(text(tool)).contains("make test");
    }

    private List<String> classesOf(Item item) {
        List<String> classes = new ArrayList<>();
        List<ParagraphBlock> blocks = render(item).getFirst();
        assertThat(blocks).isNotNull();
        blocks.forEach(b ->
                b.document()
                        .getParagraphs()
                        .forEach(p -> classes.addAll(p.getParagraphStyle().classes())));
        return classes;
    }

    @Test
    void moreOfALongOutputIsShownEachTime() {
        String output = "line\n".repeat(2_000);
        Item long1 =
                new Item.Tool(
                        "t",
                        1,
                        new ToolRun(
                                "t",
                                "Bash",
                                List.of(),
                                new ToolState.Ok(Duration.ZERO),
                                ToolOutput.of(output),
                                SubagentRun.NONE));
        cache.toggle("t");
        long first = text(long1).lines().count();
        cache.showMore("t");
        long second = text(long1).lines().count();
        cache.showMore("t");
        assertThat(second).isGreaterThan(first);
        assertThat(text(long1).lines().count()).isGreaterThan(second);
        cache.clear();
        cache.toggle("t");
        assertThat(text(long1).lines().count()).isEqualTo(first);
    }

    @Test
    void aToolCallIsRenderedAgainForAnotherWidth() {
        Item wide =
                new Item.Tool(
                        "t",
                        1,
                        new ToolRun(
                                "t",
                                "Bash",
                                List.of(new ToolRun.Field("command", "echo " + "x".repeat(70))),
                                new ToolState.Ok(Duration.ZERO),
                                null,
                                SubagentRun.NONE));
        cache.setSettings(RenderSettings.of(120));
        String before = text(wide);
        assertThat(before).contains("x".repeat(70));
        cache.setSettings(RenderSettings.of(40));
        assertThat(text(wide)).contains("…").doesNotContain("x".repeat(70));
        cache.setSettings(RenderSettings.of(120));
        assertThat(text(wide)).isEqualTo(before);
    }

    @Test
    void aGrowingAnswerKeepsItsFinishedBlocks() {
        List<ParagraphBlock> before =
                render(new Item.Answer("a", 0, "one\n\ntwo\n", true)).getFirst();
        List<ParagraphBlock> after =
                render(new Item.Answer("a", 0, "one\n\ntwo\nmore", true)).getFirst();
        assertThat(before).isNotNull().hasSize(2);
        assertThat(after).isNotNull().hasSize(2);
        assertThat(after.getFirst()).isSameAs(before.getFirst());
        assertThat(after.getLast()).isNotSameAs(before.getLast());
    }
}
