package dev.oriel.files;

import dev.oriel.match.FuzzyQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// Keeps the elements with the highest ranks. Of equal ranks, those with the lower indexes are kept
/// and come first.
final class BestFew {
    private record Ranked(int index, int rank) {}

    private static final Comparator<Ranked> WORST_FIRST =
            Comparator.comparingInt(Ranked::rank)
                    .thenComparing(Comparator.comparingInt(Ranked::index).reversed());

    private final int limit;
    private final PriorityQueue<Ranked> kept = new PriorityQueue<>(WORST_FIRST);
    private final Map<Integer, Ranked> byIndex = new HashMap<>();

    /// @param limit how many are kept, at least 1
    BestFew(int limit) {
        this.limit = limit;
    }

    /// Adds an element, unless it is there with a higher rank, or does not match.
    void add(int index, int rank) {
        if (rank == FuzzyQuery.NO_MATCH || (isFull() && rank < kept.element().rank())) {
            return;
        }
        Ranked known = byIndex.get(index);
        if (known != null && known.rank() >= rank) {
            return;
        }
        if (known != null) {
            kept.remove(known);
        }
        Ranked added = new Ranked(index, rank);
        kept.add(added);
        byIndex.put(index, added);
        if (kept.size() > limit) {
            byIndex.remove(kept.remove().index());
        }
    }

    /// Whether a further element replaces one.
    boolean isFull() {
        return kept.size() == limit;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /// The indexes of the kept elements, the best first.
    List<Integer> indexes() {
        List<Ranked> sorted = new ArrayList<>(kept);
        sorted.sort(WORST_FIRST.reversed());
        return sorted.stream().map(Ranked::index).toList();
    }
}
