package dev.oriel.app.highlight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers which colours lines of code have. Thread-safe, and never waits.
@FunctionalInterface
public interface CodeColors {
    /// Everything stays plain.
    CodeColors NONE = (_, _) -> ColoredLines.PLAIN;

    /// The colours that are known at this moment. If more will be known later, whoever renders for
    /// these colours is notified then and asks again.
    ///
    /// @param language null for none
    /// @param lines consecutive lines from the start of a file or block, without line breaks and as
    ///   they are shown, so that the spans fit the text
    ColoredLines of(@Nullable Language language, List<String> lines);
}
