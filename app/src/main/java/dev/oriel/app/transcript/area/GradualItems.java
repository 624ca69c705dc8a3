package dev.oriel.app.transcript.area;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds paragraphs that are in sight over several frames: the nodes of each one take 2 to 5 ms,
/// most at first. What is out of sight is added at once, and an item never gets shorter than it was
/// shown. If more than a screen arrives at an end that stays in sight, its last paragraphs are
/// added first, from the last one upwards. Belongs to the JavaFX thread.
public final class GradualItems {
    /// The most paragraphs that are added in sight in one frame.
    static final int ROWS = 6;

    /// More do not fit into a window.
    static final int MOST_IN_SIGHT = 60;

    private Map<String, Integer> shown = Map.of();

    /// For each item that is being added, the paragraphs it was extended by.
    private Map<String, Integer> added = Map.of();

    /// For each item that is being added from its end, how many of its last paragraphs are shown in
    /// addition to the first ones.
    private Map<String, Integer> ends = Map.of();

    /// Where the reader is.
    ///
    /// @param items ids of the items in sight
    /// @param end whether the end of the text is in sight
    /// @param following whether the end stays in sight when the text grows
    public record Sight(Set<String> items, boolean end, boolean following) {}

    /// The next texts are added at once.
    public void clear() {
        shown = Map.of();
        added = Map.of();
        ends = Map.of();
    }

    /// Whether a part was left for the next frame.
    public boolean isPending() {
        return !added.isEmpty() || !ends.isEmpty();
    }

    /// What is shown of each item now.
    ///
    /// @param rendered the blocks of each item; null if they are not known yet
    /// @param sight null to add everything
    public List<@Nullable List<ParagraphBlock>> next(
            List<Item> items,
            List<@Nullable List<ParagraphBlock>> rendered,
            @Nullable Sight sight) {
        boolean[] inSight = new boolean[items.size()];
        if (sight != null && !shown.isEmpty()) {
            inSight = inSight(items, sight);
            if (!ends.isEmpty()
                    || (sight.following() && more(items, rendered, inSight) > MOST_IN_SIGHT)) {
                // The end is another screen.
                List<@Nullable List<ParagraphBlock>> fromEnd = fromEnd(items, rendered, inSight);
                if (fromEnd != null) {
                    return fromEnd;
                }
                inSight = new boolean[items.size()];
            }
        }
        ends = Map.of();
        Map<String, Integer> nowShown = new HashMap<>();
        Map<String, Integer> nowAdded = new HashMap<>();
        List<@Nullable List<ParagraphBlock>> next = new ArrayList<>();
        int room = ROWS;
        for (int i = 0; i < items.size(); i++) {
            List<ParagraphBlock> own = rendered.get(i);
            if (own == null) {
                next.add(null);
                continue;
            }
            String id = items.get(i).id();
            int count = count(own);
            int before = shown.getOrDefault(id, 0);
            int soFar = added.getOrDefault(id, 0);
            if (!inSight[i] || count - before <= room || soFar >= MOST_IN_SIGHT) {
                room -= inSight[i] && soFar < MOST_IN_SIGHT ? Math.max(0, count - before) : 0;
                next.add(own);
                nowShown.put(id, count);
            } else {
                next.add(start(own, before + room));
                nowShown.put(id, before + room);
                nowAdded.put(id, soFar + room);
                room = 0;
            }
        }
        shown = nowShown;
        added = nowAdded;
        return next;
    }

    /// What is shown if the last paragraphs are added first.
    ///
    /// @return null if a screen of them is shown, so that all others are out of sight
    private @Nullable List<@Nullable List<ParagraphBlock>> fromEnd(
            List<Item> items, List<@Nullable List<ParagraphBlock>> rendered, boolean[] inSight) {
        Map<String, Integer> nowShown = new HashMap<>();
        Map<String, Integer> nowEnds = new HashMap<>();
        List<@Nullable List<ParagraphBlock>> next = new ArrayList<>(rendered);
        int room = ROWS;
        int atEnd = 0;
        boolean whole = true;
        for (int i = items.size() - 1; i >= 0; i--) {
            List<ParagraphBlock> own = rendered.get(i);
            if (own == null) {
                continue;
            }
            String id = items.get(i).id();
            int count = count(own);
            int before = Math.min(count, shown.getOrDefault(id, 0));
            int missing = inSight[i] || ends.containsKey(id) ? count - before : 0;
            if (missing == 0) {
                nowShown.put(id, count);
                continue;
            }
            int soFar = Math.min(missing, ends.getOrDefault(id, 0));
            int more = Math.min(missing - soFar, room);
            room -= more;
            atEnd += soFar + more;
            whole &= soFar + more == missing;
            nowShown.put(id, before);
            nowEnds.put(id, soFar + more);
            List<ParagraphBlock> parts = start(own, before);
            parts.addAll(end(own, soFar + more));
            next.set(i, soFar + more == missing ? own : parts);
        }
        if (whole || atEnd > MOST_IN_SIGHT) {
            return null;
        }
        shown = nowShown;
        added = Map.of();
        ends = nowEnds;
        return next;
    }

    /// Items between those in sight are in sight too, and new ones after the end if that is.
    private static boolean[] inSight(List<Item> items, Sight sight) {
        boolean[] in = new boolean[items.size()];
        int first = -1;
        int last = -1;
        for (int i = 0; i < items.size(); i++) {
            if (sight.items().contains(items.get(i).id())) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if (first >= 0) {
            last = sight.end() ? items.size() - 1 : last;
            for (int i = first; i <= last; i++) {
                in[i] = true;
            }
        }
        return in;
    }

    private int more(
            List<Item> items, List<@Nullable List<ParagraphBlock>> rendered, boolean[] inSight) {
        int more = 0;
        for (int i = 0; i < items.size(); i++) {
            List<ParagraphBlock> own = rendered.get(i);
            if (own != null && inSight[i]) {
                more += Math.max(0, count(own) - shown.getOrDefault(items.get(i).id(), 0));
            }
        }
        return more;
    }

    private static int count(List<ParagraphBlock> blocks) {
        int count = 0;
        for (ParagraphBlock block : blocks) {
            count += block.paragraphCount();
        }
        return count;
    }

    private static List<ParagraphBlock> start(List<ParagraphBlock> blocks, int paragraphs) {
        List<ParagraphBlock> start = new ArrayList<>();
        int left = paragraphs;
        for (ParagraphBlock block : blocks) {
            if (left <= 0) {
                break;
            }
            start.add(left < block.paragraphCount() ? block.start(left) : block);
            left -= block.paragraphCount();
        }
        return start;
    }

    private static List<ParagraphBlock> end(List<ParagraphBlock> blocks, int paragraphs) {
        List<ParagraphBlock> end = new ArrayList<>();
        int left = paragraphs;
        for (ParagraphBlock block : blocks.reversed()) {
            if (left <= 0) {
                break;
            }
            end.addFirst(left < block.paragraphCount() ? block.end(left) : block);
            left -= block.paragraphCount();
        }
        return end;
    }
}
