package dev.oriel.app.text;

import java.util.List;

/// One line of a terminal.
///
/// @param runs cover the text without gaps; empty if the line is
public record TerminalLine(String text, List<Run> runs) {
    public TerminalLine {
        runs = List.copyOf(runs);
    }

    /// Characters with the same style.
    ///
    /// @param from index of the first
    /// @param to index after the last
    public record Run(int from, int to, TerminalStyle style) {}

    static TerminalLine plain(String text) {
        return new TerminalLine(
                text,
                text.isEmpty()
                        ? List.of()
                        : List.of(new Run(0, text.length(), TerminalStyle.PLAIN)));
    }
}
