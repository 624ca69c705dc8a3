package dev.oriel.app.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/// What changes between two texts, line by line. Pure; on any thread.
public final class LineDiff {
    /// The most lines that may differ before both texts are listed whole: the time to compare them
    /// grows with the square of this number.
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

    /// All lines of both texts, in order. Of lines that replace each other, the removed ones come
    /// first.
    public static List<Row> of(List<String> before, List<String> after) {
        List<Row> rows = new ArrayList<>();
        int at = 0;
        for (AbstractDelta<String> delta : patch(before, after).getDeltas()) {
            int start = delta.getSource().getPosition();
            add(rows, Change.KEPT, before.subList(at, start));
            add(rows, Change.REMOVED, delta.getSource().getLines());
            add(rows, Change.ADDED, delta.getTarget().getLines());
            at = start + delta.getSource().size();
        }
        add(rows, Change.KEPT, before.subList(at, before.size()));
        return rows;
    }

    private static Patch<String> patch(List<String> before, List<String> after) {
        try {
            return DiffUtils.diff(before, after, new Limit());
        } catch (TooManyDifferences e) {
            Patch<String> whole = new Patch<>();
            whole.addDelta(new ChangeDelta<>(new Chunk<>(0, before), new Chunk<>(0, after)));
            return whole;
        }
    }

    private static void add(List<Row> rows, Change change, List<String> lines) {
        lines.forEach(l -> rows.add(new Row(change, l)));
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
