package dev.oriel.app.transcript.markdown;

import dev.oriel.app.reading.LongLines;
import dev.oriel.app.transcript.document.WideLines;
import dev.oriel.app.transcript.table.CellMeasure;

/// What determines the layout of one Markdown text. Immutable.
///
/// @param owner identifies the text in the document; groups of wide lines are named after it
/// @param columns characters of code in a line
/// @param width of the column of text, pixels
/// @param measure measures the cells of tables
/// @param folds which parts are open
public record MarkdownLayout(
        String owner,
        int columns,
        int width,
        LongLines longLines,
        CellMeasure measure,
        Folds folds) {
    /// A group of wide lines.
    ///
    /// @param block the number of the block in its text
    /// @param group the number of the group in its block
    WideLines group(int block, int group) {
        return WideLines.of(owner + '/' + block + '/' + group);
    }

    /// The layout of a text with less room.
    ///
    /// @param pixels how much less
    public MarkdownLayout narrower(int pixels) {
        return new MarkdownLayout(
                owner, columns, Math.max(0, width - pixels), longLines, measure, folds);
    }

    public MarkdownLayout withFolds(Folds other) {
        return new MarkdownLayout(owner, columns, width, longLines, measure, other);
    }
}
