package dev.oriel.app.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What changes between two texts, line by line.
///
/// The time to compare two texts grows with the square of the number of lines that differ. So the
/// library compares them only up to [#MAX_DIFFERENCES]. Beyond that the texts are divided at lines
/// that each of them has once, and the parts are compared; a part without such lines is listed
/// whole.
public final class LineDiff {
    /// The most lines that may differ in one comparison.
    private static final int MAX_DIFFERENCES = 400;

    private LineDiff() {}

    /// What becomes of a line.
    public enum Change {
        KEPT,
        ADDED,
        REMOVED
    }

    /// One line of either text, or of both.
    public record Row(Change change, String text) {}

    /// Lines that replace each other; one of the ranges may be empty.
    record Block(int oldFrom, int oldTo, int newFrom, int newTo) {
        /// @param oldStart of the compared part in the text before
        /// @param newStart of the compared part in the text after
        static Block of(AbstractDelta<?> delta, int oldStart, int newStart) {
            int from = oldStart + delta.getSource().getPosition();
            int to = newStart + delta.getTarget().getPosition();
            return new Block(
                    from, from + delta.getSource().size(), to, to + delta.getTarget().size());
        }
    }

    /// All lines of both texts, in order. Of lines that replace each other, the removed ones come
    /// first.
    public static List<Row> of(List<String> before, List<String> after) {
        List<Row> rows = new ArrayList<>();
        int at = 0;
        for (Block block : blocks(before, after)) {
            add(rows, Change.KEPT, before.subList(at, block.oldFrom()));
            add(rows, Change.REMOVED, before.subList(block.oldFrom(), block.oldTo()));
            add(rows, Change.ADDED, after.subList(block.newFrom(), block.newTo()));
            at = block.oldTo();
        }
        add(rows, Change.KEPT, before.subList(at, before.size()));
        return rows;
    }

    private static void add(List<Row> rows, Change change, List<String> lines) {
        lines.forEach(l -> rows.add(new Row(change, l)));
    }

    /// The lines that differ, in order. Two blocks are never adjacent.
    static List<Block> blocks(List<String> before, List<String> after) {
        Map<String, Integer> ids = new HashMap<>();
        List<Block> found = new ArrayList<>();
        compare(
                new Texts(numbers(before, ids), numbers(after, ids)),
                new Block(0, before.size(), 0, after.size()),
                found);
        return joined(found);
    }

    /// The lines of both texts as numbers: equal lines have equal numbers.
    private record Texts(List<Integer> before, List<Integer> after) {}

    private static List<Integer> numbers(List<String> lines, Map<String, Integer> ids) {
        List<Integer> numbers = new ArrayList<>(lines.size());
        for (String line : lines) {
            Integer known = ids.putIfAbsent(line, ids.size());
            numbers.add(known == null ? ids.size() - 1 : known);
        }
        return numbers;
    }

    private static void compare(Texts texts, Block part, List<Block> found) {
        Block inner = withoutCommonEnds(texts, part);
        if (inner.oldFrom() == inner.oldTo() || inner.newFrom() == inner.newTo()) {
            if (inner.oldTo() > inner.oldFrom() || inner.newTo() > inner.newFrom()) {
                found.add(inner);
            }
            return;
        }
        try {
            List<Integer> before = texts.before().subList(inner.oldFrom(), inner.oldTo());
            List<Integer> after = texts.after().subList(inner.newFrom(), inner.newTo());
            for (AbstractDelta<Integer> d :
                    DiffUtils.diff(before, after, new Limit()).getDeltas()) {
                found.add(Block.of(d, inner.oldFrom(), inner.newFrom()));
            }
        } catch (TooManyDifferences e) {
            divide(texts, inner, found);
        }
    }

    /// What is between the common ends of two lists.
    static Block withoutCommonEnds(List<Integer> before, List<Integer> after) {
        return withoutCommonEnds(
                new Texts(before, after), new Block(0, before.size(), 0, after.size()));
    }

    private static Block withoutCommonEnds(Texts texts, Block part) {
        int oldFrom = part.oldFrom();
        int newFrom = part.newFrom();
        int oldTo = part.oldTo();
        int newTo = part.newTo();
        while (oldFrom < oldTo
                && newFrom < newTo
                && texts.before().get(oldFrom).equals(texts.after().get(newFrom))) {
            oldFrom++;
            newFrom++;
        }
        while (oldFrom < oldTo
                && newFrom < newTo
                && texts.before().get(oldTo - 1).equals(texts.after().get(newTo - 1))) {
            oldTo--;
            newTo--;
        }
        return new Block(oldFrom, oldTo, newFrom, newTo);
    }

    /// Compares the parts between lines that both texts have once.
    private static void divide(Texts texts, Block part, List<Block> found) {
        List<int[]> anchors = anchors(texts, part);
        if (anchors.isEmpty()) {
            found.add(part);
            return;
        }
        int oldFrom = part.oldFrom();
        int newFrom = part.newFrom();
        for (int[] anchor : anchors) {
            compare(texts, new Block(oldFrom, anchor[0], newFrom, anchor[1]), found);
            oldFrom = anchor[0] + 1;
            newFrom = anchor[1] + 1;
        }
        compare(texts, new Block(oldFrom, part.oldTo(), newFrom, part.newTo()), found);
    }

    /// The longest sequence of lines that both texts have once and in the same order, as pairs of
    /// positions.
    private static List<int[]> anchors(Texts texts, Block part) {
        Map<Integer, Integer> oldPlaces = once(texts.before(), part.oldFrom(), part.oldTo());
        Map<Integer, Integer> newPlaces = once(texts.after(), part.newFrom(), part.newTo());
        List<int[]> pairs = new ArrayList<>();
        for (int i = part.oldFrom(); i < part.oldTo(); i++) {
            Integer line = texts.before().get(i);
            int to = newPlaces.getOrDefault(line, -1);
            if (to >= 0 && oldPlaces.getOrDefault(line, -1) == i) {
                pairs.add(new int[] {i, to});
            }
        }
        return longestIncreasing(pairs);
    }

    /// The position of each line that occurs once, and -1 for the others.
    private static Map<Integer, Integer> once(List<Integer> lines, int from, int to) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = from; i < to; i++) {
            places.merge(lines.get(i), i, (_, _) -> -1);
        }
        return places;
    }

    /// The longest sequence whose second numbers increase, as the first ones do.
    private static List<int[]> longestIncreasing(List<int[]> pairs) {
        int[] ends = new int[pairs.size()];
        int[] before = new int[pairs.size()];
        int length = 0;
        for (int i = 0; i < pairs.size(); i++) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (pairs.get(ends[middle])[1] < pairs.get(i)[1]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : ends[low - 1];
            ends[low] = i;
            length = Math.max(length, low + 1);
        }
        int[][] longest = new int[length][];
        int at = length == 0 ? -1 : ends[length - 1];
        for (int i = length - 1; i >= 0; i--) {
            longest[i] = pairs.get(at);
            at = before[at];
        }
        return Arrays.asList(longest);
    }

    private static List<Block> joined(List<Block> found) {
        List<Block> blocks = new ArrayList<>();
        for (Block b : found) {
            Block last = blocks.isEmpty() ? null : blocks.getLast();
            if (last != null && last.oldTo() == b.oldFrom() && last.newTo() == b.newFrom()) {
                blocks.set(
                        blocks.size() - 1,
                        new Block(last.oldFrom(), b.oldTo(), last.newFrom(), b.newTo()));
            } else {
                blocks.add(b);
            }
        }
        return blocks;
    }

    /// Ends a comparison that takes too long.
    private static final class Limit implements DiffAlgorithmListener {
        @Override
        public void diffStart() {}

        @Override
        public void diffStep(int differences, int max) {
            if (differences > MAX_DIFFERENCES) {
                throw new TooManyDifferences();
            }
        }

        @Override
        public void diffEnd() {}
    }

    private static final class TooManyDifferences extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyDifferences() {
            super("more than " + MAX_DIFFERENCES + " lines differ", null, false, false);
        }
    }
}
