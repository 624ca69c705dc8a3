package dev.oriel.app.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;

/// Keeps the document equal to a list of blocks, by changing only what differs.
///
/// The document is always the blocks and one empty paragraph behind them.
final class ShownBlocks {
    private final Pane pane;
    private List<Block> shown = List.of();

    ShownBlocks(Pane pane) {
        this.pane = pane;
    }

    private record Hunk(int from, int to, int newFrom, int newTo) {}

    /// What [#show] did.
    enum Change {
        NONE,
        ELSEWHERE,
        AT_THE_READER
    }

    /// @param reader the paragraph at the upper edge of what is visible
    Change show(List<Block> target, int reader) {
        List<Hunk> hunks = hunks(shown, target);
        if (hunks.isEmpty()) {
            return Change.NONE;
        }
        int[] starts = new int[shown.size() + 1];
        for (int i = 0; i < shown.size(); i++) {
            starts[i + 1] = starts[i] + shown.get(i).paragraphs();
        }
        Change change = Change.ELSEWHERE;
        // From the end, so that what is before a change keeps its place.
        for (Hunk h : hunks.reversed()) {
            if (starts[h.from()] <= reader && reader < starts[h.to()]) {
                change = Change.AT_THE_READER;
            }
            int start = offset(starts[h.from()]);
            int end = offset(starts[h.to()]);
            pane.getContent().replace(start, end, joined(target.subList(h.newFrom(), h.newTo())));
        }
        shown = List.copyOf(target);
        return change;
    }

    private int offset(int paragraph) {
        return pane.getContent().position(paragraph, 0).toOffset();
    }

    private static ReadOnlyStyledDocument<Par, String, Ink> joined(List<Block> blocks) {
        ReadOnlyStyledDocument<Par, String, Ink> all =
                blocks.isEmpty() ? new Lines().block().document() : blocks.getFirst().document();
        for (int i = 1; i < blocks.size(); i++) {
            all = all.concat(blocks.get(i).document());
        }
        return all;
    }

    private static List<Hunk> hunks(List<Block> old, List<Block> now) {
        int from = 0;
        while (from < old.size() && from < now.size() && old.get(from).equals(now.get(from))) {
            from++;
        }
        int oldEnd = old.size();
        int newEnd = now.size();
        while (oldEnd > from && newEnd > from && old.get(oldEnd - 1).equals(now.get(newEnd - 1))) {
            oldEnd--;
            newEnd--;
        }
        List<Hunk> hunks = new ArrayList<>();
        Map<Block, Integer> places = new HashMap<>();
        for (int i = from; i < newEnd; i++) {
            places.put(now.get(i), i);
        }
        int o = from;
        int n = from;
        for (int i = from; i < oldEnd; i++) {
            Integer at = places.get(old.get(i));
            if (at != null && at >= n) {
                add(hunks, o, i, n, at);
                o = i + 1;
                n = at + 1;
            }
        }
        add(hunks, o, oldEnd, n, newEnd);
        return hunks;
    }

    private static void add(List<Hunk> hunks, int o, int oldEnd, int n, int newEnd) {
        if (o < oldEnd || n < newEnd) {
            hunks.add(new Hunk(o, oldEnd, n, newEnd));
        }
    }
}
