package dev.oriel.app.transcript.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the lines of an item among those that are shown. The shown lines are a part of all lines,
/// in the same order, with some lines of the window between them. Immutable.
public final class LinePlaces {
    /// Neighbours that are compared to choose between equal lines.
    private static final int MOST_NEIGHBOURS = 50;

    private final List<String> all;

    /// Where each text is among all lines, ascending.
    private final Map<String, List<Integer>> places = new HashMap<>();

    /// @param all the lines of the item when all of it is open
    public LinePlaces(List<String> all) {
        this.all = List.copyOf(all);
        for (int i = 0; i < this.all.size(); i++) {
            places.computeIfAbsent(this.all.get(i), _ -> new ArrayList<>()).add(i);
        }
    }

    /// Where a line is among the shown lines.
    ///
    /// @return -1 if it is not shown
    public int indexIn(List<String> shown, int line) {
        String text = all.get(line);
        if (!shown.contains(text)) {
            return -1;
        }
        int[] first = firstPlaces(shown);
        int[] last = lastPlaces(shown);
        int best = -1;
        int bestScore = -1;
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).equals(text) && first[i] <= line && line <= last[i]) {
                int score = neighbours(shown, i, line, -1) + neighbours(shown, i, line, 1);
                if (score > bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    /// The first line that each shown line can be, if those before it are shown too.
    private int[] firstPlaces(List<String> shown) {
        int[] first = new int[shown.size()];
        int from = 0;
        for (int i = 0; i < first.length; i++) {
            List<Integer> own = placesOf(shown.get(i));
            int next = atLeast(own, from);
            first[i] = next < own.size() ? own.get(next) : from;
            from = next < own.size() ? first[i] + 1 : from;
        }
        return first;
    }

    /// The last line that each shown line can be, if those after it are shown too.
    private int[] lastPlaces(List<String> shown) {
        int[] last = new int[shown.size()];
        int to = all.size() - 1;
        for (int i = last.length - 1; i >= 0; i--) {
            List<Integer> own = placesOf(shown.get(i));
            int next = atLeast(own, to + 1) - 1;
            last[i] = next >= 0 ? own.get(next) : to;
            to = next >= 0 ? last[i] - 1 : to;
        }
        return last;
    }

    /// Blank lines are everywhere, so they say nothing about the lines beside them.
    private List<Integer> placesOf(String text) {
        return text.isBlank() ? List.of() : places.getOrDefault(text, List.of());
    }

    private static int atLeast(List<Integer> ascending, int value) {
        int low = 0;
        int high = ascending.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending.get(middle) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int neighbours(List<String> shown, int index, int line, int step) {
        int n = 0;
        int i = index + step;
        int l = line + step;
        while (n < MOST_NEIGHBOURS
                && i >= 0
                && i < shown.size()
                && l >= 0
                && l < all.size()
                && shown.get(i).equals(all.get(l))) {
            n++;
            i += step;
            l += step;
        }
        return n;
    }
}
