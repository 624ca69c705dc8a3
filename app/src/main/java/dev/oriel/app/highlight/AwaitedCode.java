package dev.oriel.app.highlight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Code whose colours were not all known when it was rendered.
///
/// @param known the number of lines that had colours
public record AwaitedCode(@Nullable Language language, List<String> lines, int known) {
    /// Whether more colours are known now.
    public boolean isColoredAnew(CodeColors colors) {
        ColoredLines now = colors.of(language, lines);
        return now.complete() || now.spans().size() > known;
    }
}
