package dev.oriel.app.transcript.diff;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.highlight.Language;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The colours with which a pane is rendered once. Belongs to one thread at a time.
final class PaneColors implements CodeColors {
    private final CodeColors colors;
    private final List<Code> awaited = new ArrayList<>();

    private record Code(@Nullable Language language, List<String> lines) {}

    PaneColors(CodeColors colors) {
        this.colors = colors;
    }

    @Override
    public ColoredLines of(@Nullable Language language, List<String> lines) {
        ColoredLines known = colors.of(language, lines);
        if (!known.complete()) {
            awaited.add(new Code(language, lines));
        }
        return known;
    }

    /// Whether colours were unknown that are known now. Until all are, the pane keeps its text, so
    /// that a long diff is not rendered many times.
    boolean haveArrived() {
        return !awaited.isEmpty()
                && awaited.stream().allMatch(c -> colors.of(c.language(), c.lines()).complete());
    }
}
