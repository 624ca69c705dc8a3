package dev.oriel.app.transcript.markdown;

import dev.oriel.app.reading.LongLines;

/// What determines the layout of one Markdown text. Immutable.
///
/// @param owner identifies the text in the document; groups of wide lines are named after it
/// @param columns characters of code in a line
public record MarkdownLayout(String owner, int columns, LongLines longLines) {
    /// A text on its own, with the defaults.
    public static MarkdownLayout of(int columns) {
        return new MarkdownLayout("text", columns, LongLines.SCROLL);
    }
}
