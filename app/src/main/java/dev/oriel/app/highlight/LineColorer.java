package dev.oriel.app.highlight;

import org.jspecify.annotations.Nullable;

/// Colours one line of code after the other.
@FunctionalInterface
interface LineColorer {
    /// @param spans of the line
    /// @param state for the next line; null is that of a first line
    /// @param cost of the line, in characters read by regular expressions
    record Colored(Spans spans, @Nullable Object state, long cost) {}

    /// @param state after the line before; null for the first line
    Colored color(Language language, String line, @Nullable Object state);
}
