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
/// lines are known.
final class DiffColors {
    private final IdentityHashMap<Line, Spans> spans = new IdentityHashMap<>();

    private DiffColors() {}

    static DiffColors of(FileDiff diff, DiffView view) {
        DiffColors colors = new DiffColors();
        if (view.language() != null) {
            List<Line> old = new ArrayList<>();
            List<Line> now = new ArrayList<>();
            for (Part part : diff.parts()) {
                switch (part) {
                    case Part.Kept k -> addBoth(k.lines(), old, now);
                    case Part.Gap g -> addBoth(g.lines(), old, now);
                    case Part.Changed c -> {
                        old.addAll(c.removed());
                        now.addAll(c.added());
                    }
                }
            }
            colors.put(old, view);
            colors.put(now, view);
        }
        return colors;
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
