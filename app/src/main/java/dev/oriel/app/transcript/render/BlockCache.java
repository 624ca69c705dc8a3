package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolKind;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.markdown.IncrementalMarkdown;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import dev.oriel.app.transcript.tools.ToolGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Caches the blocks of all held items. A few items are rendered at once, large pages in the
/// background.
///
/// Belongs to the JavaFX thread.
public final class BlockCache {
    /// How much is rendered in one frame, characters of text. The rest is left to the background.
    private static final int MAX_PER_FRAME = 48 * 1024;

    /// The expansions that are tried to show a hit.
    private static final int[] EXPANSIONS = {0, 1, 2, 3, 4, 5, 6, 12, 24, 48, ItemLines.ALL};

    private final FxLane lane;
    private final Executor background;
    private final Runnable onRendered;
    private final CodeColors colors;

    private Map<String, Rendered> all = new HashMap<>();
    private final Map<String, Growing> growing = new HashMap<>();
    private final Set<String> toggled = new HashSet<>();
    private final Map<String, Integer> more = new HashMap<>();

    /// The toggled parts, by item.
    private final Map<String, Set<String>> parts = new HashMap<>();

    /// The groups of the last frame, by item.
    private List<@Nullable ToolGroup> groups = List.of();

    private final GroupHeads heads = new GroupHeads();
    private @Nullable Highlight highlight;
    private RenderSettings settings = RenderSettings.of(88);
    private int generation;
    private boolean rendering;

    /// A search hit, and the item in which it is highlighted.
    private record Highlight(String itemId, SearchTargetMatcher words) {}

    /// @param options its time counts only while the item runs
    /// @param highlight null if nothing is highlighted
    /// @param colors those that were not known
    private record Rendered(
            Item item,
            RenderOptions options,
            long second,
            @Nullable Highlight highlight,
            AwaitedColors colors,
            List<ParagraphBlock> blocks) {
        boolean fits(Item now, RenderOptions nowOptions, @Nullable Highlight nowHighlight) {
            return item.equals(now)
                    && Objects.equals(highlight, nowHighlight)
                    && options.toggled() == nowOptions.toggled()
                    && options.expansions() == nowOptions.expansions()
                    && options.parts().equals(nowOptions.parts())
                    && options.settings().equals(nowOptions.settings())
                    && options.inGroup() == nowOptions.inGroup()
                    && (!isRunning(now) || second == nowOptions.now().getEpochSecond())
                    && !colors.haveChanged();
        }
    }

    private record Job(Item item, RenderOptions options) {}

    /// An answer that grows, and the colours of the code in it that are not known yet.
    private record Growing(IncrementalMarkdown markdown, AwaitedColors colors) {}

    /// A cache that renders code without colours.
    public BlockCache(FxLane lane, Executor background, Runnable onRendered) {
        this(lane, background, onRendered, CodeColors.NONE);
    }

    /// @param onRendered called when the background has rendered something
    /// @param colors of code; an item is rendered again when more of its colours are known
    public BlockCache(FxLane lane, Executor background, Runnable onRendered, CodeColors colors) {
        this.colors = colors;
        this.lane = lane;
        this.background = background;
        this.onRendered = onRendered;
    }

    public void clear() {
        generation++;
        rendering = false;
        all.clear();
        growing.clear();
        toggled.clear();
        more.clear();
        parts.clear();
        highlight = null;
    }

    /// Opens the item as far as the words need, and highlights them until [#clearHighlight()].
    public void reveal(Item item, SearchTargetMatcher words) {
        highlight = new Highlight(item.id(), words);
        reveal(item, words::isIn);
    }

    /// Opens the item until what it shows is enough.
    public void reveal(Item item, Predicate<List<ParagraphBlock>> isEnough) {
        openGroup(item.id());
        boolean turned = toggled.contains(item.id());
        int shown = more.getOrDefault(item.id(), 0);
        for (int extra : EXPANSIONS) {
            for (boolean toggle : new boolean[] {turned, !turned}) {
                RenderOptions options =
                        new RenderOptions(
                                toggle, shown + extra, partsOf(item), settings, Instant.EPOCH);
                if (isEnough.test(ItemRenderer.render(item, options))) {
                    set(item.id(), toggle, shown + extra);
                    return;
                }
            }
        }
    }

    private void set(String itemId, boolean toggle, int shown) {
        if (toggle) {
            toggled.add(itemId);
        } else {
            toggled.remove(itemId);
        }
        if (shown > 0) {
            more.put(itemId, shown);
        }
    }

    public void clearHighlight() {
        highlight = null;
    }

    /// Renders all items again if the settings are others than before.
    public void setSettings(RenderSettings next) {
        if (!next.equals(settings)) {
            settings = next;
            growing.clear();
        }
    }

    public RenderSettings settings() {
        return settings;
    }

    /// Whether the user opened an item that is closed by default, or closed an open one.
    public boolean isToggled(String itemId) {
        return toggled.contains(itemId);
    }

    public void toggle(String itemId) {
        growing.remove(itemId);
        if (!toggled.remove(itemId)) {
            toggled.add(itemId);
        }
    }

    /// Opens or closes a part of an item.
    public void togglePart(String itemId, String part) {
        if (part.equals(ToolGroup.PART) && unmarkGroup(itemId)) {
            return;
        }
        growing.remove(itemId);
        Set<String> own = parts.computeIfAbsent(itemId, _ -> new HashSet<>());
        if (!own.remove(part)) {
            own.add(part);
        }
    }

    /// Makes a group as it is by default.
    ///
    /// @return whether it was not
    private boolean unmarkGroup(String itemId) {
        for (ToolGroup group : groups) {
            if (group != null
                    && isMarked(group)
                    && group.members().stream().anyMatch(t -> t.id().equals(itemId))) {
                for (Item.Tool t : group.members()) {
                    parts.getOrDefault(t.id(), new HashSet<>()).remove(ToolGroup.PART);
                }
                return true;
            }
        }
        return false;
    }

    private boolean isMarked(ToolGroup group) {
        return group.members().stream().anyMatch(t -> partsOf(t).contains(ToolGroup.PART));
    }

    private boolean isOpen(ToolGroup group) {
        return areGroupsOpen() != isMarked(group);
    }

    private boolean areGroupsOpen() {
        return settings.reading().detail() == DetailLevel.VERBOSE;
    }

    /// Opens the group of an item that is sought, if it has one.
    private void openGroup(String itemId) {
        if (areGroupsOpen()) {
            unmarkGroup(itemId);
        } else {
            parts.computeIfAbsent(itemId, _ -> new HashSet<>()).add(ToolGroup.PART);
        }
    }

    /// What is shown of a member of a group: the line of the group before the first one, and the
    /// member itself if the group is open.
    private List<ParagraphBlock> inGroup(
            ToolGroup group, Item item, List<ParagraphBlock> own, Instant now) {
        boolean open = isOpen(group);
        List<ParagraphBlock> shown = new ArrayList<>();
        if (group.id().equals(item.id())) {
            shown.add(heads.of(group, open, settings.columns(), now));
        }
        if (open || ToolGroup.isShownAlone(item)) {
            shown.addAll(own);
        }
        return shown;
    }

    private Set<String> partsOf(Item item) {
        return parts.getOrDefault(item.id(), Set.of());
    }

    public void showMore(String itemId) {
        more.merge(itemId, 1, Integer::sum);
    }

    public static boolean isRunning(Item item) {
        return item instanceof Item.Tool t && t.run().isRunning();
    }

    /// The blocks of each item, null if they are not rendered yet. Items near the end are rendered
    /// first.
    public List<@Nullable List<ParagraphBlock>> blocksOf(List<Item> items, Instant now) {
        Map<String, Rendered> kept = new HashMap<>(items.size() * 2);
        List<Job> later = new ArrayList<>();
        List<@Nullable List<ParagraphBlock>> blocks = new ArrayList<>(items.size());
        groups = ToolGroup.of(items);
        heads.startFrame();
        int room = MAX_PER_FRAME;
        for (int i = items.size() - 1; i >= 0; i--) {
            Item item = items.get(i);
            @Nullable ToolGroup group = groups.get(i);
            RenderOptions options =
                    new RenderOptions(
                                    toggled.contains(item.id()),
                                    more.getOrDefault(item.id(), 0),
                                    partsOf(item),
                                    settings,
                                    now)
                            .withInGroup(group != null);
            Rendered known = all.get(item.id());
            Highlight own = highlightOf(item);
            if (known == null || !known.fits(item, options, own)) {
                int cost = Cost.of(item, options);
                boolean waitedFor = own != null || (known != null && known.highlight() != null);
                if (waitedFor) {
                    known = render(item, options, known);
                } else if (room > 0
                        && (cost < MAX_PER_FRAME || (item instanceof Item.Answer a && a.open()))) {
                    room -= cost;
                    known = render(item, options, known);
                } else {
                    later.add(new Job(item, options));
                }
            }
            if (known != null) {
                kept.put(item.id(), known);
            }
            List<ParagraphBlock> shown = known == null ? null : known.blocks();
            blocks.add(
                    group == null
                            ? shown
                            : inGroup(group, item, shown == null ? List.of() : shown, now));
        }
        all = kept;
        growing.keySet().retainAll(kept.keySet());
        start(later);
        return blocks.reversed();
    }

    private Rendered render(Item item, RenderOptions options, @Nullable Rendered before) {
        List<ParagraphBlock> blocks;
        AwaitedColors awaited;
        if (item instanceof Item.Answer a && a.open()) {
            Growing open = growing.computeIfAbsent(a.id(), _ -> growing(a, options));
            awaited = open.colors();
            awaited.forget();
            blocks = open.markdown().render(a.markdown());
        } else {
            growing.remove(item.id());
            awaited = new AwaitedColors(colors);
            blocks = ItemRenderer.render(item, options.withColors(awaited));
        }
        Highlight own = highlightOf(item);
        if (own != null) {
            blocks = own.words().highlight(blocks);
        }
        return new Rendered(
                item, options, options.now().getEpochSecond(), own, awaited, reuse(before, blocks));
    }

    private Growing growing(Item answer, RenderOptions options) {
        AwaitedColors awaited = new AwaitedColors(colors);
        return new Growing(
                new IncrementalMarkdown(
                        new MarkdownRenderer(options.markdown(answer.id()), awaited)),
                awaited);
    }

    private @Nullable Highlight highlightOf(Item item) {
        return highlight != null && highlight.itemId().equals(item.id()) ? highlight : null;
    }

    /// Blocks with the same content stay the same objects, so that the document does not change
    /// there.
    private static List<ParagraphBlock> reuse(
            @Nullable Rendered before, List<ParagraphBlock> blocks) {
        if (before == null) {
            return blocks;
        }
        List<ParagraphBlock> kept = new ArrayList<>(blocks);
        for (int i = 0; i < kept.size() && i < before.blocks().size(); i++) {
            ParagraphBlock old = before.blocks().get(i);
            if (old.hasSameContent(kept.get(i))) {
                kept.set(i, old);
            }
        }
        return kept;
    }

    private void start(List<Job> jobs) {
        if (jobs.isEmpty() || rendering) {
            return;
        }
        rendering = true;
        int own = generation;
        background.execute(() -> {
            List<Rendered> done = new ArrayList<>();
            for (Job job : jobs) {
                AwaitedColors awaited = new AwaitedColors(colors);
                List<ParagraphBlock> blocks =
                        ItemRenderer.render(job.item(), job.options().withColors(awaited));
                done.add(
                        new Rendered(
                                job.item(),
                                job.options(),
                                job.options().now().getEpochSecond(),
                                null,
                                awaited,
                                blocks));
            }
            lane.post(() -> finished(own, done));
        });
    }

    private void finished(int ofGeneration, List<Rendered> done) {
        if (ofGeneration != generation) {
            return;
        }
        rendering = false;
        for (Rendered d : done) {
            Rendered before = all.get(d.item().id());
            all.put(
                    d.item().id(),
                    new Rendered(
                            d.item(),
                            d.options(),
                            d.second(),
                            null,
                            d.colors(),
                            reuse(before, d.blocks())));
        }
        onRendered.run();
    }

    /// The cost of rendering an item, in characters of text.
    private static final class Cost {
        /// Comparing texts takes longer than rendering them, and more of an edit is read than
        /// shown.
        private static int edit(ToolRun run, RenderOptions options) {
            boolean closed =
                    !options.toggled()
                            && options.settings().reading().detail() != DetailLevel.VERBOSE
                            && !(run.state() instanceof ToolState.Failed);
            if (run.kind() != ToolKind.EDIT || closed) {
                return 0;
            }
            return EditDiffs.size(
                    run.fields(), run.output() == null ? null : run.output().change());
        }

        private static int of(Item item, RenderOptions options) {
            return switch (item) {
                case Item.Prompt p -> p.text().length();
                case Item.Answer a -> a.markdown().length() + 200;
                case Item.Thinking _, Item.TurnEnd _, Item.Notice _ -> 200;
                case Item.Retry _, Item.Work _ -> 200;
                case Item.Tool t -> {
                    int output = t.run().output() == null ? 0 : t.run().output().text().length();
                    yield 400 + Math.min(output, 16_000) / 4 + edit(t.run(), options);
                }
            };
        }
    }
}
