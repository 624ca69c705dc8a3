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

/// Caches the blocks of all held items. Those at the reader are rendered at once, large ones and
/// those far from the reader in the background.
///
/// Belongs to the JavaFX thread.
public final class BlockCache {
    /// After how much the rest is left to the background in one frame, characters of text: more
    /// than a window shows.
    private static final int ROOM_PER_FRAME = 12 * 1024;

    /// What costs more is rendered in the background, characters of text.
    private static final int MOST_AT_ONCE = 48 * 1024;

    private final BackgroundRendering background;
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
    private boolean colorsHeld;

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
        this.onRendered = onRendered;
        this.background = new BackgroundRendering(lane, background, colors, this::addRendered);
    }

    public void clear() {
        background.cancel();
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
    ///
    /// @param own null if it is not rendered yet
    private @Nullable List<ParagraphBlock> inGroup(
            ToolGroup group, Item item, @Nullable List<ParagraphBlock> own, Instant now) {
        boolean open = isOpen(group);
        boolean needed = open || ToolGroup.isShownAlone(item);
        if (needed && own == null) {
            return null;
        }
        List<ParagraphBlock> shown = new ArrayList<>();
        if (group.id().equals(item.id())) {
            shown.add(heads.of(group, open, settings.columns(), now));
        }
        if (needed && own != null) {
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
        return blocksOf(items, now, RenderFocus.end(items.size()));
    }

    /// The blocks of each item, null if they are not rendered yet.
    ///
    /// @param focus which items are rendered first
    public List<@Nullable List<ParagraphBlock>> blocksOf(
            List<Item> items, Instant now, RenderFocus focus) {
        Map<String, RenderedItem> kept = new HashMap<>(items.size() * 2);
        List<BackgroundRendering.Job> later = new ArrayList<>();
        groups = ToolGroup.of(items);
        int room = ROOM_PER_FRAME;
        int firstKnown = focus.sought() ? 0 : firstKnown(items);
        for (int i : focus.order(items.size())) {
            Item item = items.get(i);
            RenderOptions options = optionsOf(item, groups.get(i) != null, now);
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
                        && i >= firstKnown
                        && (cost < MOST_AT_ONCE || (item instanceof Item.Answer a && a.open()))) {
                    room -= cost;
                    known = render(item, options, known);
                } else {
                    later.add(new BackgroundRendering.Job(item, options, cost));
                }
            }
            if (known != null) {
                kept.put(item.id(), known);
            }
        }
        all = kept;
        growing.keySet().retainAll(kept.keySet());
        background.start(later);
        return shown(items, now);
    }

    private RenderOptions optionsOf(Item item, boolean inGroup, Instant now) {
        return new RenderOptions(
                        toggled.contains(item.id()),
                        more.getOrDefault(item.id(), 0),
                        partsOf(item),
                        settings,
                        now)
                .withInGroup(inGroup);
    }

    private List<@Nullable List<ParagraphBlock>> shown(List<Item> items, Instant now) {
        List<@Nullable List<ParagraphBlock>> blocks = new ArrayList<>(items.size());
        heads.startFrame();
        for (int i = 0; i < items.size(); i++) {
            RenderedItem known = all.get(items.get(i).id());
            List<ParagraphBlock> own = known == null ? null : known.blocks();
            @Nullable ToolGroup group = groups.get(i);
            blocks.add(group == null ? own : inGroup(group, items.get(i), own, now));
        }
        return blocks;
    }

    /// Items before this one are an older page, which the reader has not reached yet: rendering it
    /// would take a whole frame while the reader scrolls. A group that is partly shown is not
    /// split. 0 if nothing is shown yet.
    private int firstKnown(List<Item> items) {
        int first = 0;
        while (first < items.size() && !all.containsKey(items.get(first).id())) {
            first++;
        }
        if (first == items.size()) {
            return 0;
        }
        ToolGroup group = groups.get(first);
        while (group != null && first > 0 && group.equals(groups.get(first - 1))) {
            first--;
        }
        return first;
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

    private void addRendered(List<RenderedItem> done) {
        for (RenderedItem d : done) {
            all.put(d.item().id(), d.reusing(all.get(d.item().id())));
        }
        onRendered.run();
    }
}
