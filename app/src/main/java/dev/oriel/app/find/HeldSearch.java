package dev.oriel.app.find;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.find.FindReader.LineSource;
import dev.oriel.message.find.SearchDeadline;
import dev.oriel.message.find.SlowQueryException;
import dev.oriel.message.find.TextMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Searches the held items in the background, and remembers their lines, so that a changed query or
/// item costs no more than it must. Belongs to the JavaFX thread.
final class HeldSearch {
    /// Items of one task in the background, which also renders.
    private static final int BATCH = 30;

    private static final long LONGEST = Duration.ofSeconds(1).toNanos();

    private final Executor background;
    private final Executor fx;
    private final Receiver receiver;
    private Map<String, Known> known = new HashMap<>();
    private @Nullable Run current;

    /// Receives the results, on the JavaFX thread.
    interface Receiver {
        /// @param all the matches of each item, in order
        void onSearched(List<ItemMatches> all);

        void onTooSlow(String sentence);
    }

    /// The lines of an item, and its matches of one matcher.
    private record Known(
            Item item,
            LineSource source,
            List<String> lines,
            TextMatcher matcher,
            ItemMatches matches) {}

    HeldSearch(Executor background, Executor fx, Receiver receiver) {
        this.background = background;
        this.fx = fx;
        this.receiver = receiver;
    }

    /// Forgets everything; a search that runs has no result.
    void clear() {
        cancel();
        known = new HashMap<>();
    }

    /// Searches the items, instead of what was being searched.
    void start(List<Item> items, LineSource source, TextMatcher matcher) {
        cancel();
        Run run = new Run(List.copyOf(items), source, matcher, Map.copyOf(known));
        current = run;
        background.execute(() -> run.step(0));
    }

    private void cancel() {
        Run run = current;
        if (run != null) {
            run.cancelled = true;
            current = null;
        }
    }

    private void finish(Run run) {
        if (run.cancelled) {
            return;
        }
        current = null;
        known = run.now;
        if (run.tooSlow != null) {
            receiver.onTooSlow(run.tooSlow);
        } else {
            receiver.onSearched(List.copyOf(run.matches));
        }
    }

    /// One search. Its fields belong to the one step that runs; each step starts the next one.
    private final class Run {
        private final List<Item> items;
        private final LineSource source;
        private final TextMatcher matcher;
        private final Map<String, Known> before;
        private final Map<String, Known> now = new HashMap<>();
        private final List<ItemMatches> matches = new ArrayList<>();
        private @Nullable String tooSlow;
        private long left = LONGEST;

        /// Written on the JavaFX thread. A run that nobody waits for must not delay the next one,
        /// nor what is rendered on the same thread.
        private volatile boolean cancelled;

        Run(List<Item> items, LineSource source, TextMatcher matcher, Map<String, Known> before) {
            this.items = items;
            this.source = source;
            this.matcher = matcher;
            this.before = before;
        }

        void step(int from) {
            if (cancelled) {
                return;
            }
            int to = Math.min(items.size(), from + BATCH);
            try {
                for (Item item : items.subList(from, to)) {
                    Known found = search(item);
                    now.put(item.id(), found);
                    matches.add(found.matches());
                }
            } catch (SlowQueryException e) {
                tooSlow = e.getMessage();
            }
            if (to < items.size() && tooSlow == null) {
                background.execute(() -> step(to));
            } else {
                fx.execute(() -> finish(this));
            }
        }

        private Known search(Item item) throws SlowQueryException {
            Known old = before.get(item.id());
            if (old != null && (!old.item().equals(item) || !old.source().equals(source))) {
                old = null;
            }
            if (old != null && old.matcher().equals(matcher)) {
                return old;
            }
            List<String> lines = old != null ? old.lines() : source.lines(item);
            long start = System.nanoTime();
            SearchDeadline deadline = SearchDeadline.in(left, () -> cancelled);
            ItemMatches found = ItemMatches.of(item, lines, matcher, deadline);
            left -= System.nanoTime() - start;
            return new Known(item, source, lines, matcher, found);
        }
    }
}
