package dev.oriel.app.transcript;

import dev.oriel.app.conversation.Item;
import dev.oriel.app.fx.FxLane;
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
final class Drawings {
    /// What is drawn at once in one frame, characters of text; the rest is left to the background.
    private static final int AT_ONCE = 48 * 1024;

    /// How often more of a text is shown for a place in it that is looked for.
    private static final int MOST_OPENED = 6;

    private final FxLane lane;
    private final Executor background;
    private final Runnable drawn;

    private Map<String, Drawn> all = new HashMap<>();
    private final Map<String, OpenAnswer> growing = new HashMap<>();
    private final Set<String> toggled = new HashSet<>();
    private final Map<String, Integer> more = new HashMap<>();
    private @Nullable Mark mark;
    private int columns = 88;
    private int generation;
    private boolean working;

    /// What was looked for, and in which item it is shown for the moment.
    private record Mark(String itemId, FoundWords words) {}

    /// @param shape without its time, which only counts for what is running
    /// @param mark null where nothing is marked
    private record Drawn(
            Item item, Shape shape, long second, @Nullable Mark mark, List<Block> blocks) {
        boolean fits(Item now, Shape nowShape, @Nullable Mark nowMark) {
            return item.equals(now)
                    && Objects.equals(mark, nowMark)
                    && shape.toggled() == nowShape.toggled()
                    && shape.more() == nowShape.more()
                    && shape.columns() == nowShape.columns()
                    && (!isRunning(now) || second == nowShape.now().getEpochSecond());
        }
    }

    private record Job(Item item, Shape shape) {}

    /// @param drawn called when the background has finished something
    Drawings(FxLane lane, Executor background, Runnable drawn) {
        this.lane = lane;
        this.background = background;
        this.drawn = drawn;
    }

    void clear() {
        generation++;
        working = false;
        all.clear();
        growing.clear();
        toggled.clear();
        more.clear();
        mark = null;
    }

    /// Opens the item as far as it takes to see the words, and marks them until [#unmark()].
    void reveal(Item item, FoundWords words) {
        mark = new Mark(item.id(), words);
        boolean turned = toggled.contains(item.id());
        int shown = more.getOrDefault(item.id(), 0);
        for (int extra = 0; extra <= MOST_OPENED; extra++) {
            for (boolean toggle : new boolean[] {turned, !turned}) {
                Shape shape = new Shape(toggle, shown + extra, columns, Instant.EPOCH);
                if (words.in(ItemRenderer.render(item, shape))) {
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

    void unmark() {
        mark = null;
    }

    /// @param characters of code that fit into a line
    void columns(int characters) {
        if (characters != columns) {
            columns = characters;
            growing.clear();
        }
    }

    void toggle(String itemId) {
        if (!toggled.remove(itemId)) {
            toggled.add(itemId);
        }
    }

    void showMore(String itemId) {
        more.merge(itemId, 1, Integer::sum);
    }

    static boolean isRunning(Item item) {
        return item instanceof Item.Tool t && t.run().running();
    }

    /// The blocks of each item, null where they are not drawn yet. What is nearest to the end is
    /// drawn first.
    List<@Nullable List<Block>> of(List<Item> items, Instant now) {
        Map<String, Drawn> kept = new HashMap<>(items.size() * 2);
        List<Job> later = new ArrayList<>();
        List<@Nullable List<Block>> blocks = new ArrayList<>(items.size());
        int room = AT_ONCE;
        for (int i = items.size() - 1; i >= 0; i--) {
            Item item = items.get(i);
            Shape shape =
                    new Shape(
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

    private Drawn draw(Item item, Shape shape, @Nullable Drawn before) {
        List<Block> blocks;
        if (item instanceof Item.Answer a && a.open()) {
            OpenAnswer open =
                    growing.computeIfAbsent(a.id(), _ -> new OpenAnswer(new Markdown(columns)));
            blocks = open.blocks(a.markdown());
        } else {
            growing.remove(item.id());
            blocks = ItemRenderer.render(item, shape);
        }
        Mark mine = markOf(item);
        if (mine != null) {
            blocks = mine.words().marked(blocks);
        }
        return new Drawn(item, shape, shape.now().getEpochSecond(), mine, keeping(before, blocks));
    }

    private @Nullable Mark markOf(Item item) {
        return mark != null && mark.itemId().equals(item.id()) ? mark : null;
    }

    /// Blocks that look as they did stay the same objects, so that the document does not change
    /// there.
    private static List<Block> keeping(@Nullable Drawn before, List<Block> blocks) {
        if (before == null) {
            return blocks;
        }
        List<Block> kept = new ArrayList<>(blocks);
        for (int i = 0; i < kept.size() && i < before.blocks().size(); i++) {
            Block old = before.blocks().get(i);
            if (old.looksLike(kept.get(i))) {
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
                List<Block> blocks = ItemRenderer.render(job.item(), job.shape());
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
