package dev.oriel.app.transcript.render;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.highlight.Language;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers which colours code has while an item is rendered, and remembers for which code more will
/// be known. Belongs to one thread at a time.
final class AwaitedColors implements CodeColors {
    private final CodeColors colors;
    private final List<Awaited> awaited = new ArrayList<>();

    /// @param known the number of lines that had colours
    private record Awaited(@Nullable Language language, List<String> lines, int known) {}

    AwaitedColors(CodeColors colors) {
        this.colors = colors;
    }

    @Override
    public ColoredLines of(@Nullable Language language, List<String> lines) {
        ColoredLines known = colors.of(language, lines);
        if (!known.complete()) {
            awaited.add(new Awaited(language, lines, known.spans().size()));
        }
        return known;
    }

    /// Whether more is known now than when the item was rendered.
    boolean haveChanged() {
        for (Awaited each : awaited) {
            ColoredLines now = colors.of(each.language(), each.lines());
            if (now.complete() || now.spans().size() > each.known()) {
                return true;
            }
        }
        return false;
    }

    /// Begins to remember anew, before the item is rendered again.
    void forget() {
        awaited.clear();
    }
}
