package dev.oriel.app.transcript;

import dev.oriel.app.conversation.Item;
import dev.oriel.app.fx.FxLane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private final FxLane lane;
    private final Executor background;
    private final Runnable drawn;

    private Map<String, Drawn> all = new HashMap<>();
    private final Map<String, OpenAnswer> growing = new HashMap<>();
    private final Set<String> toggled = new HashSet<>();
    private final Map<String, Integer> more = new HashMap<>();
    private int columns = 88;
    private int generation;
    private boolean working;

    /// @param shape without its time, which only counts for what is running
    private record Drawn(Item item, Shape shape, long second, List<Block> blocks) {
        boolean fits(Item now, Shape nowShape) {
            return item.equals(now)
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
            if (known == null || !known.fits(item, shape)) {
                int cost = Cost.of(item);
                if (room > 0 && (cost < AT_ONCE || (item instanceof Item.Answer a && a.open()))) {
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
        return new Drawn(item, shape, shape.now().getEpochSecond(), keeping(before, blocks));
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
                    new Drawn(d.item(), d.shape(), d.second(), keeping(before, d.blocks())));
        }
        drawn.run();
    }

    /// What drawing an item takes, in characters of text.
    private static final class Cost {
        private static int of(Item item) {
            return switch (item) {
                case Item.Prompt p -> p.text().length();
                case Item.Answer a -> a.markdown().length() + 200;
                case Item.Thinking _, Item.TurnEnd _, Item.Notice _ -> 200;
                case Item.Tool t -> {
                    int output = t.run().output() == null ? 0 : t.run().output().text().length();
                    yield 400 + Math.min(output, 16_000) / 4;
                }
            };
        }
    }
}
