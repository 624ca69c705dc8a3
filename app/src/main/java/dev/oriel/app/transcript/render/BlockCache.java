package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.markdown.IncrementalMarkdown;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The blocks of every item held, drawn when needed: a little at once, large pages in the
/// background.
///
/// Belongs to the JavaFX thread.
public final class BlockCache {
    /// What is drawn at once in one frame, characters of text; the rest is left to the background.
    private static final int AT_ONCE = 48 * 1024;

    /// How often more of a text is shown for a place in it that is looked for.
    private static final int MOST_OPENED = 6;

    private final FxLane lane;
    private final Executor background;
    private final Runnable drawn;

    private Map<String, Drawn> all = new HashMap<>();
    private final Map<String, IncrementalMarkdown> growing = new HashMap<>();
    private final Set<String> toggled = new HashSet<>();
    private final Map<String, Integer> more = new HashMap<>();
    private @Nullable Mark mark;
    private int columns = 88;
    private int generation;
    private boolean working;

    /// What was looked for, and in which item it is shown for the moment.
    private record Mark(String itemId, SearchTargetMatcher words) {}

    /// @param shape without its time, which only counts for what is running
    /// @param mark null where nothing is marked
    private record Drawn(
            Item item,
            RenderOptions shape,
            long second,
            @Nullable Mark mark,
            List<ParagraphBlock> blocks) {
        boolean fits(Item now, RenderOptions nowShape, @Nullable Mark nowMark) {
            return item.equals(now)
                    && Objects.equals(mark, nowMark)
                    && shape.toggled() == nowShape.toggled()
                    && shape.expansions() == nowShape.expansions()
                    && shape.columns() == nowShape.columns()
                    && (!isRunning(now) || second == nowShape.now().getEpochSecond());
        }
    }

    private record Job(Item item, RenderOptions shape) {}

    /// @param drawn called when the background has finished something
    public BlockCache(FxLane lane, Executor background, Runnable drawn) {
        this.lane = lane;
        this.background = background;
        this.drawn = drawn;
    }

    public void clear() {
        generation++;
        working = false;
        all.clear();
        growing.clear();
        toggled.clear();
        more.clear();
        mark = null;
    }

    /// Opens the item as far as it takes to see the words, and marks them until [#unmark()].
    public void reveal(Item item, SearchTargetMatcher words) {
        mark = new Mark(item.id(), words);
        boolean turned = toggled.contains(item.id());
        int shown = more.getOrDefault(item.id(), 0);
        for (int extra = 0; extra <= MOST_OPENED; extra++) {
            for (boolean toggle : new boolean[] {turned, !turned}) {
                RenderOptions shape =
                        new RenderOptions(toggle, shown + extra, columns, Instant.EPOCH);
                if (words.isIn(ItemRenderer.render(item, shape))) {
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

    public void unmark() {
        mark = null;
    }

    /// @param characters of code that fit into a line
    public void setColumns(int characters) {
        if (characters != columns) {
            columns = characters;
            growing.clear();
        }
    }

    public void toggle(String itemId) {
        if (!toggled.remove(itemId)) {
            toggled.add(itemId);
        }
    }

    public void showMore(String itemId) {
        more.merge(itemId, 1, Integer::sum);
    }

    public static boolean isRunning(Item item) {
        return item instanceof Item.Tool t && t.run().isRunning();
    }

    /// The blocks of each item, null where they are not drawn yet. What is nearest to the end is
    /// drawn first.
    public List<@Nullable List<ParagraphBlock>> blocksOf(List<Item> items, Instant now) {
        Map<String, Drawn> kept = new HashMap<>(items.size() * 2);
        List<Job> later = new ArrayList<>();
        List<@Nullable List<ParagraphBlock>> blocks = new ArrayList<>(items.size());
        int room = AT_ONCE;
        for (int i = items.size() - 1; i >= 0; i--) {
            Item item = items.get(i);
            RenderOptions shape =
                    new RenderOptions(
                            toggled.contains(item.id()),
                            more.getOrDefault(item.id(), 0),
                            columns,
                            now);
            Drawn known = all.get(item.id());
            Mark mine = markOf(item);
            if (known == null || !known.fits(item, shape, mine)) {
                int cost = Cost.of(item);
                boolean waitedFor = mine != null || (known != null && known.mark() != null);
                if (waitedFor) {
                    known = draw(item, shape, known);
                } else if (room > 0
                        && (cost < AT_ONCE || (item instanceof Item.Answer a && a.open()))) {
                    room -= cost;
                    known = draw(item, shape, known);
                } else {
                    later.add(new Job(item, shape));
                }
            }
            if (known != null) {
                kept.put(item.id(), known);
            }
            blocks.add(known == null ? null : known.blocks());
        }
        all = kept;
        growing.keySet().retainAll(kept.keySet());
        start(later);
        return blocks.reversed();
    }

    private Drawn draw(Item item, RenderOptions shape, @Nullable Drawn before) {
        List<ParagraphBlock> blocks;
        if (item instanceof Item.Answer a && a.open()) {
            IncrementalMarkdown open =
                    growing.computeIfAbsent(
                            a.id(), _ -> new IncrementalMarkdown(new MarkdownRenderer(columns)));
            blocks = open.render(a.markdown());
        } else {
            growing.remove(item.id());
            blocks = ItemRenderer.render(item, shape);
        }
        Mark mine = markOf(item);
        if (mine != null) {
            blocks = mine.words().highlight(blocks);
        }
        return new Drawn(item, shape, shape.now().getEpochSecond(), mine, keeping(before, blocks));
    }

    private @Nullable Mark markOf(Item item) {
        return mark != null && mark.itemId().equals(item.id()) ? mark : null;
    }

    /// Blocks that look as they did stay the same objects, so that the document does not change
    /// there.
    private static List<ParagraphBlock> keeping(
            @Nullable Drawn before, List<ParagraphBlock> blocks) {
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
        if (jobs.isEmpty() || working) {
            return;
        }
        working = true;
        int mine = generation;
        background.execute(() -> {
            List<Drawn> done = new ArrayList<>();
            for (Job job : jobs) {
                List<ParagraphBlock> blocks = ItemRenderer.render(job.item(), job.shape());
                done.add(
                        new Drawn(
                                job.item(),
                                job.shape(),
                                job.shape().now().getEpochSecond(),
                                null,
                                blocks));
            }
            lane.post(() -> finished(mine, done));
        });
    }

    private void finished(int ofGeneration, List<Drawn> done) {
        if (ofGeneration != generation) {
            return;
        }
        working = false;
        for (Drawn d : done) {
            Drawn before = all.get(d.item().id());
            all.put(
                    d.item().id(),
                    new Drawn(d.item(), d.shape(), d.second(), null, keeping(before, d.blocks())));
        }
        drawn.run();
    }

    /// What drawing an item takes, in characters of text.
    private static final class Cost {
        private static int of(Item item) {
            return switch (item) {
                case Item.Prompt p -> p.text().length();
                case Item.Answer a -> a.markdown().length() + 200;
                case Item.Thinking _, Item.TurnEnd _, Item.Notice _, Item.Retry _ -> 200;
                case Item.Tool t -> {
                    int output = t.run().output() == null ? 0 : t.run().output().text().length();
                    yield 400 + Math.min(output, 16_000) / 4;
                }
            };
        }
    }
}
