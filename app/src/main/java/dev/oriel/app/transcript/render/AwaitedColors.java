package dev.oriel.app.transcript.render;

import dev.oriel.app.highlight.AwaitedCode;
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
    private final List<AwaitedCode> awaited = new ArrayList<>();

    AwaitedColors(CodeColors colors) {
        this.colors = colors;
    }

    @Override
    public ColoredLines of(@Nullable Language language, List<String> lines) {
        ColoredLines known = colors.of(language, lines);
        if (!known.complete()) {
            awaited.add(new AwaitedCode(language, lines, known.spans().size()));
        }
        return known;
    }

    /// Whether more is known now than when the item was rendered.
    boolean haveChanged() {
        return awaited.stream().anyMatch(code -> code.isColoredAnew(colors));
    }

    /// Begins to remember anew, before the item is rendered again.
    void forget() {
        awaited.clear();
    }
}
