package dev.oriel.app.find;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.message.find.SearchDeadline;
import dev.oriel.message.find.SlowQueryException;
import dev.oriel.message.find.TextMatcher;
import java.util.Arrays;
import java.util.List;

/// The matches in one item, in order. Immutable.
final class ItemMatches {
    private static final int FIELDS = 3;

    private final Item item;
    private final List<String> lines;

    /// Line, start and end of each match.
    private final int[] matches;

    private ItemMatches(Item item, List<String> lines, int[] matches) {
        this.item = item;
        this.lines = lines;
        this.matches = matches;
    }

    static ItemMatches none(Item item) {
        return new ItemMatches(item, List.of(), new int[0]);
    }

    /// Searches an item.
    static ItemMatches of(
            Item item, List<String> lines, TextMatcher matcher, SearchDeadline deadline)
            throws SlowQueryException {
        Collector all = new Collector();
        for (int i = 0; i < lines.size() && all.count < TextMatcher.MAX_MATCHES; i++) {
            all.line = i;
            matcher.find(lines.get(i), deadline, all::add);
        }
        return new ItemMatches(item, lines, Arrays.copyOf(all.matches, all.count * FIELDS));
    }

    private static final class Collector {
        private int[] matches = new int[0];
        private int count;
        private int line;

        void add(int start, int end) {
            if (matches.length < (count + 1) * FIELDS) {
                matches = Arrays.copyOf(matches, Math.max(8 * FIELDS, matches.length * 2));
            }
            matches[count * FIELDS] = line;
            matches[count * FIELDS + 1] = start;
            matches[count * FIELDS + 2] = end;
            count++;
        }
    }

    Item item() {
        return item;
    }

    int count() {
        return matches.length / FIELDS;
    }

    FindHit hit(int index) {
        int at = index * FIELDS;
        return new FindHit(item.id(), lines, matches[at], matches[at + 1], matches[at + 2]);
    }

    /// The last match that begins at or before a place; -1 if there is none.
    int lastAtOrBefore(int line, int start) {
        int found = -1;
        for (int i = 0; i < count(); i++) {
            int at = i * FIELDS;
            if (matches[at] < line || (matches[at] == line && matches[at + 1] <= start)) {
                found = i;
            }
        }
        return found;
    }
}
