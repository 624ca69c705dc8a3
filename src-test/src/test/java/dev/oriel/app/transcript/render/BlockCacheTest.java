package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.highlight.Spans;
import dev.oriel.app.highlight.SyntaxClass;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.options.RenderSettings;
import dev.oriel.app.transcript.tools.ToolGroup;
import dev.oriel.testing.manual.ManualLane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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
    void anOlderPageIsRenderedInTheBackground() {
        Item shown = answer("c", "shown");
        List<ParagraphBlock> before = render(shown).getFirst();
        Item[] items = {answer("a", "old"), answer("b", "old"), shown, answer("d", "new")};

        List<@Nullable List<ParagraphBlock>> first = render(items);
        assertThat(first.subList(0, 2)).containsOnlyNulls();
        assertThat(first.get(2)).isSameAs(before);
        assertThat(first.get(3)).isNotNull();
        runBackground();

        assertThat(rendered).isEqualTo(1);
        assertThat(render(items)).doesNotContainNull().element(2).isSameAs(before);
    }

    private static List<Item> pages(int items, String text) {
        List<Item> all = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            all.add(answer("i" + i, text));
        }
        return all;
    }

    private static List<Integer> known(List<@Nullable List<ParagraphBlock>> blocks) {
        return IntStream.range(0, blocks.size())
                .filter(i -> blocks.get(i) != null)
                .boxed()
                .toList();
    }

    @Test
    void whatIsSoughtAndItsSurroundingsAreRenderedFirst() {
        List<Item> all = pages(40, "word ".repeat(560));
        assertThat(known(cache.blocksOf(all, NOW, new RenderFocus(7, true))))
                .containsExactly(5, 6, 7, 8, 9);
        assertThat(background).hasSize(1);
    }

    @Test
    void whatIsSoughtInAnOlderPageIsRenderedAtOnce() {
        List<Item> all = pages(40, "word ".repeat(560));
        cache.blocksOf(all.subList(39, 40), NOW);
        assertThat(known(cache.blocksOf(all, NOW, new RenderFocus(0, true))))
                .containsExactly(0, 1, 2, 3, 4, 39);
    }

    @Test
    void theBackgroundRendersWhatIsNearestFirst() {
        List<Item> all = pages(30, "word ".repeat(10_000));
        RenderFocus focus = new RenderFocus(20, true);
        assertThat(known(cache.blocksOf(all, NOW, focus))).isEmpty();
        background.remove().run();
        turns.runAll();
        assertThat(known(cache.blocksOf(all, NOW, focus))).contains(18, 19, 20, 21, 22);
        assertThat(known(cache.blocksOf(all, NOW, focus))).doesNotContain(0, 10, 29);
        while (!background.isEmpty()) {
            runBackground();
            cache.blocksOf(all, NOW, focus);
        }
        assertThat(cache.blocksOf(all, NOW, focus)).doesNotContainNull();
    }

    @Test
    void aMemberOfAnOpenGroupThatIsNotRenderedHasNoBlocks() {
        Item a = read("a", "/a", new ToolState.Ok(null));
        Item b = read("b", "/b", new ToolState.Ok(null));
        Item large = answer("c", "word ".repeat(4_000));
        cache.togglePart("a", ToolGroup.PART);
        assertThat(render(a, b, large)).startsWith(null, null);
        runBackground();
        assertThat(lines(a, b)).containsExactly("Read 2 files   ✓\nRead  /a   ✓", "Read  /b   ✓");
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

    @Test
    void aClosedPartOfAnAnswerIsOpenedByAClickAndByASearchHit() {
        String folded = "a\n\n<details>\n<summary>more</summary>\n\nthe secret\n\n</details>\n\nb";
        Item item = answer("a", folded);
        assertThat(text(item)).contains("more").doesNotContain("secret");
        cache.togglePart("a", "details/1/0");
        assertThat(text(item)).contains("secret");
        cache.togglePart("a", "details/1/0");
        assertThat(text(item)).doesNotContain("secret");
        cache.reveal(
                item,
                new SearchTargetMatcher(new SearchTarget(1, List.of("secret"), "the secret")));
        assertThat(text(item)).contains("secret");
        cache.togglePart("a", "details/1/0");
        assertThat(text(item)).doesNotContain("secret");
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

    /// Code whose colours arrive later.
    private static final class LateColors implements CodeColors {
        private int known;

        void arrive(int lines) {
            known = lines;
        }

        @Override
        public ColoredLines of(@Nullable Language language, List<String> lines) {
            Spans spans = new Spans(List.of(new Spans.Span(0, 1, SyntaxClass.KEYWORD)));
            int count = Math.min(known, lines.size());
            return language == null
                    ? ColoredLines.PLAIN
                    : new ColoredLines(Collections.nCopies(count, spans), count == lines.size());
        }
    }

    private static List<ParagraphBlock> blocks(@Nullable List<ParagraphBlock> rendered) {
        return Objects.requireNonNull(rendered);
    }

    private static String keywords(@Nullable List<ParagraphBlock> rendered) {
        StringBuilder all = new StringBuilder();
        for (ParagraphBlock block : blocks(rendered)) {
            block.document().getParagraphs().stream()
                    .flatMap(p -> p.getStyledSegments().stream())
                    .filter(s -> s.getStyle().classes().contains("syn-keyword"))
                    .forEach(s -> all.append(s.getSegment()));
        }
        return all.toString();
    }

    private final LateColors colors = new LateColors();
    private final BlockCache coloring =
            new BlockCache(turns.lane(), background::add, () -> rendered++, colors);

    private @Nullable List<ParagraphBlock> color(Item item) {
        return coloring.blocksOf(List.of(item), NOW).getFirst();
    }

    @Test
    void anItemIsNotRenderedAgainForItsColoursWhileTheyAreHeld() {
        Item item = answer("a", "```java\nfirst\nsecond\n```");
        List<ParagraphBlock> plain = color(item);
        coloring.holdColors(true);
        colors.arrive(2);
        assertThat(color(item)).isSameAs(plain);
        coloring.holdColors(false);
        assertThat(keywords(color(item))).isEqualTo("fs");
    }

    @Test
    void anItemIsRenderedAgainWhenMoreOfItsColoursAreKnown() {
        Item item = answer("a", "before\n\n```java\nfirst\nsecond\n```\n\nafter");
        List<ParagraphBlock> plain = color(item);
        assertThat(keywords(plain)).isEmpty();
        assertThat(color(item)).isSameAs(plain);

        colors.arrive(1);
        assertThat(keywords(color(item))).isEqualTo("f");
        colors.arrive(2);
        List<ParagraphBlock> whole = color(item);
        assertThat(keywords(whole)).isEqualTo("fs");
        assertThat(color(item)).isSameAs(whole);
        // What is not code keeps its place in the document.
        assertThat(whole).isNotNull().startsWith(blocks(plain).getFirst());
        assertThat(whole).endsWith(blocks(plain).getLast());
    }

    @Test
    void codeOfAnAnswerThatGrowsIsColouredWhenItsColoursArrive() {
        Item open = new Item.Answer("a", 1, "```java\nfirst\n```\n\nafter\nmo", true);
        assertThat(keywords(color(open))).isEmpty();
        colors.arrive(1);
        assertThat(keywords(color(open))).isEqualTo("f");
        Item longer = new Item.Answer("a", 1, "```java\nfirst\n```\n\nafter\nmore", true);
        assertThat(keywords(color(longer))).isEqualTo("f");
    }

    @Test
    void codeThatTheBackgroundRenderedIsColouredLater() {
        Item long1 = answer("a", "x ".repeat(40_000) + "\n\n```java\nfirst\n```");
        assertThat(color(long1)).isNull();
        runBackground();
        assertThat(keywords(color(long1))).isEmpty();
        colors.arrive(1);
        color(long1);
        runBackground();
        assertThat(keywords(color(long1))).isEqualTo("f");
    }

    @Test
    void codeInAnUnknownLanguageIsRenderedOnce() {
        Item item = answer("a", "```klingon\nfirst\n```");
        List<ParagraphBlock> plain = color(item);
        colors.arrive(9);
        assertThat(color(item)).isSameAs(plain);
    }

    private static Item read(String id, String path, ToolState state) {
        List<ToolRun.Field> input = List.of(new ToolRun.Field("file_path", path));
        return new Item.Tool(id, 1, new ToolRun(id, "Read", input, state, null, SubagentRun.NONE));
    }

    private List<String> lines(Item... items) {
        List<String> all = new ArrayList<>();
        for (List<ParagraphBlock> own : render(items)) {
            StringBuilder text = new StringBuilder();
            Objects.requireNonNull(own).forEach(b -> text.append(b.document().getText()));
            all.add(text.toString().strip());
        }
        return all;
    }

    @Test
    void callsThatReadAreOneLineUntilTheirGroupIsOpened() {
        ToolState ok = new ToolState.Ok(null);
        Item a = read("a", "/a", ok);
        Item b = read("b", "/b", ok);
        Item c = read("c", "/c", ok);
        assertThat(lines(a, b)).containsExactly("Read 2 files   ✓", "");

        cache.togglePart("a", ToolGroup.PART);
        assertThat(lines(a, b)).containsExactly("Read 2 files   ✓\nRead  /a   ✓", "Read  /b   ✓");
        assertThat(lines(c, a, b))
                .as("an older page joins the group")
                .containsExactly("Read 3 files   ✓\nRead  /c   ✓", "Read  /a   ✓", "Read  /b   ✓");

        cache.togglePart("c", ToolGroup.PART);
        assertThat(lines(c, a, b)).containsExactly("Read 3 files   ✓", "", "");
    }

    @Test
    void aFailedCallShowsInItsClosedGroup() {
        assertThat(
                        lines(
                                read("a", "/a", new ToolState.Ok(null)),
                                read("b", "/b", new ToolState.Failed(null))))
                .last()
                .asString()
                .startsWith("Read  /b   ✗ failed");
    }

    @Test
    void theLineOfAGroupStaysTheSameObjectUntilItChanges() {
        Item a = read("a", "/a", new ToolState.Ok(null));
        Item b = read("b", "/b", new ToolState.Ok(null));
        ParagraphBlock first = Objects.requireNonNull(render(a, b).getFirst()).getFirst();
        assertThat(Objects.requireNonNull(render(a, b).getFirst()).getFirst()).isSameAs(first);
        Item c = read("c", "/c", new ToolState.Ok(null));
        assertThat(Objects.requireNonNull(render(a, b, c).getFirst()).getFirst())
                .isNotSameAs(first);
    }

    @Test
    void aSoughtMemberOpensItsGroup() {
        Item a = read("a", "/a", new ToolState.Ok(null));
        Item b = read("b", "/sought.txt", new ToolState.Ok(null));
        render(a, b);
        List<String> all = ItemLines.of(b, RenderSettings.of(88));
        cache.reveal(b, new LinePlaces(all), 0);
        assertThat(lines(a, b)).last().asString().contains("/sought.txt");
    }

    @Test
    void aTextThatCannotBeRenderedIsShownWithoutItsFormat() {
        BlockCache failing =
                new BlockCache(
                        turns.lane(),
                        background::add,
                        () -> rendered++,
                        (_, _) -> {
                            throw new IllegalStateException("a defect");
                        });
        Item growing = new Item.Answer("a", 1, "```java\nint i;\n```\n\nmore", true);
        Item complete = answer("b", "```java\nint k;\n```");
        Item sound = answer("c", "sound");
        List<@Nullable List<ParagraphBlock>> shown = List.of();
        for (int frame = 0; frame < 2; frame++) {
            shown = failing.blocksOf(List.of(growing, complete, sound), NOW);
        }
        assertThat(shown).doesNotContainNull();
        assertThat(joined(shown.get(0))).contains("cannot show").contains("int i;");
        assertThat(joined(shown.get(1))).contains("cannot show").contains("int k;");
        assertThat(joined(shown.get(2))).startsWith("sound");
    }

    private static String joined(@Nullable List<ParagraphBlock> blocks) {
        StringBuilder all = new StringBuilder();
        blocks(blocks).forEach(b -> all.append(b.document().getText()));
        return all.toString();
    }
}
