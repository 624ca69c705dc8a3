package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.FileDiff;
import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.highlight.Spans;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// The colours of the lines of a diff. Each side is coloured as a text of its own, as far as its
/// lines are known, and no further than it is shown: each line has at least one row, unless it
/// shares one with a line of the other side.
final class DiffColors {
    private final IdentityHashMap<Line, Spans> spans = new IdentityHashMap<>();

    private DiffColors() {}

    static DiffColors of(FileDiff diff, DiffView view) {
        DiffColors colors = new DiffColors();
        if (view.language() != null) {
            List<Line> old = new ArrayList<>();
            List<Line> now = new ArrayList<>();
            int rows = 0;
            for (Part part : diff.parts()) {
                int left = view.most() - rows;
                if (left <= 0) {
                    break;
                }
                switch (part) {
                    case Part.Kept k -> {
                        addBoth(first(left, k.lines()), old, now);
                        rows += k.lines().size();
                    }
                    // If it is folded, the lines after it still depend on it.
                    case Part.Gap g -> addBoth(g.lines(), old, now);
                    case Part.Changed c -> {
                        old.addAll(first(left, c.removed()));
                        now.addAll(first(left, c.added()));
                        rows += Math.max(c.removed().size(), c.added().size());
                    }
                }
            }
            colors.put(old, view);
            colors.put(now, view);
        }
        return colors;
    }

    private static List<Line> first(int most, List<Line> lines) {
        return lines.subList(0, Math.min(most, lines.size()));
    }

    private static void addBoth(List<Line> lines, List<Line> old, List<Line> now) {
        old.addAll(lines);
        now.addAll(lines);
    }

    private void put(List<Line> lines, DiffView view) {
        ColoredLines known =
                view.colors().of(view.language(), lines.stream().map(Line::text).toList());
        for (int i = 0; i < known.spans().size() && i < lines.size(); i++) {
            if (!known.line(i).isEmpty()) {
                spans.put(lines.get(i), known.line(i));
            }
        }
    }

    Spans of(Line line) {
        return spans.getOrDefault(line, Spans.NONE);
    }
}
