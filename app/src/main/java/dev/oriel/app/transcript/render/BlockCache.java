package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.reading.DetailLevel;
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
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Caches the blocks of all held items. A few items are rendered at once, large pages in the
/// background.
///
/// Belongs to the JavaFX thread.
public final class BlockCache {
    /// How much is rendered in one frame, characters of text. The rest is left to the background.
    private static final int MAX_PER_FRAME = 48 * 1024;

    private final FxLane lane;
    private final Executor background;
    private final Runnable onRendered;
    private final CodeColors colors;

    private Map<String, RenderedItem> all = new HashMap<>();
    private final Map<String, Growing> growing = new HashMap<>();

    /// The answers that grow and could not be rendered, until they are complete.
    private final Set<String> unformatted = new HashSet<>();

    private final Set<String> toggled = new HashSet<>();
    private final Map<String, Integer> more = new HashMap<>();

    /// The toggled parts, by item.
    private final Map<String, Set<String>> parts = new HashMap<>();

    /// The groups of the last frame, by item.
    private List<@Nullable ToolGroup> groups = List.of();

    private final GroupHeads heads = new GroupHeads();
    private RenderedItem.@Nullable Highlight highlight;
    private RenderSettings settings = RenderSettings.of(88);
    private int generation;
    private boolean rendering;
    private boolean colorsHeld;

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
        unformatted.clear();
        toggled.clear();
        more.clear();
        parts.clear();
        highlight = null;
    }

    /// Opens the item as far as the words need, and highlights them until [#clearHighlight()].
    public void reveal(Item item, SearchTargetMatcher words) {
        highlight = new RenderedItem.Highlight(item.id(), words);
        reveal(item, words::bestIn);
    }

    /// Opens the item as far as needed to show a line of it.
    ///
    /// @param lines those of the item when all of it is open
    public void reveal(Item item, LinePlaces lines, int line) {
        reveal(item, shown -> lines.indexIn(ItemLines.of(shown), line));
    }

    private void reveal(Item item, ItemOpening.Sought line) {
        openGroup(item.id());
        ItemOpening now =
                new ItemOpening(
                        toggled.contains(item.id()),
                        more.getOrDefault(item.id(), 0),
                        partsOf(item));
        ItemOpening next = now.reveal(item, settings, line);
        if (next != null && !next.equals(now)) {
            growing.remove(item.id());
            set(item.id(), next);
        }
    }

    private void set(String itemId, ItemOpening open) {
        if (open.toggled()) {
            toggled.add(itemId);
        } else {
            toggled.remove(itemId);
        }
        more.put(itemId, open.expansions());
        parts.put(itemId, new HashSet<>(open.parts()));
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

    /// Lets items keep the colours of code that they were rendered with, so that a conversation is
    /// shown before its code is coloured; or no longer.
    public void holdColors(boolean held) {
        colorsHeld = held;
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

    /// The blocks of each item, null if they are not rendered yet. Items near the end are rendered
    /// first.
    public List<@Nullable List<ParagraphBlock>> blocksOf(List<Item> items, Instant now) {
        Map<String, RenderedItem> kept = new HashMap<>(items.size() * 2);
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
            RenderedItem known = all.get(item.id());
            RenderedItem.Highlight own = highlightOf(item);
            boolean fits =
                    known != null
                            && known.fits(item, options, own)
                            && (colorsHeld || !known.isColoredAnew());
            if (!fits) {
                int cost = RenderCost.of(item, options);
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

    private RenderedItem render(Item item, RenderOptions options, @Nullable RenderedItem before) {
        List<ParagraphBlock> blocks;
        AwaitedColors awaited;
        if (item instanceof Item.Answer a && a.open()) {
            Growing open = growing.computeIfAbsent(a.id(), _ -> growing(a, options));
            awaited = open.colors();
            awaited.forget();
            blocks = grown(open, a, options);
        } else {
            growing.remove(item.id());
            unformatted.remove(item.id());
            awaited = new AwaitedColors(colors);
            blocks = ItemRenderer.render(item, options.withColors(awaited));
        }
        RenderedItem.Highlight own = highlightOf(item);
        if (own != null) {
            blocks = own.words().highlight(blocks);
        }
        return new RenderedItem(item, options, own, awaited, blocks).reusing(before);
    }

    private List<ParagraphBlock> grown(Growing open, Item.Answer answer, RenderOptions options) {
        if (unformatted.contains(answer.id())) {
            return UnformattedItem.render(answer, options);
        }
        try {
            return open.markdown().render(answer.markdown());
        } catch (RuntimeException | StackOverflowError e) {
            unformatted.add(answer.id());
            return UnformattedItem.afterFailure(answer, options, e);
        }
    }

    private Growing growing(Item answer, RenderOptions options) {
        AwaitedColors awaited = new AwaitedColors(colors);
        return new Growing(
                new IncrementalMarkdown(
                        new MarkdownRenderer(options.markdown(answer.id()), awaited)),
                awaited);
    }

    private RenderedItem.@Nullable Highlight highlightOf(Item item) {
        return highlight != null && highlight.itemId().equals(item.id()) ? highlight : null;
    }

    private void start(List<Job> jobs) {
        if (jobs.isEmpty() || rendering) {
            return;
        }
        rendering = true;
        int own = generation;
        background.execute(() -> {
            List<RenderedItem> done = new ArrayList<>();
            for (Job job : jobs) {
                AwaitedColors awaited = new AwaitedColors(colors);
                List<ParagraphBlock> blocks =
                        ItemRenderer.render(job.item(), job.options().withColors(awaited));
                done.add(new RenderedItem(job.item(), job.options(), null, awaited, blocks));
            }
            lane.post(() -> finished(own, done));
        });
    }

    private void finished(int ofGeneration, List<RenderedItem> done) {
        if (ofGeneration != generation) {
            return;
        }
        rendering = false;
        for (RenderedItem d : done) {
            all.put(d.item().id(), d.reusing(all.get(d.item().id())));
        }
        onRendered.run();
    }
}
