package dev.oriel.app.transcript.options;

import dev.oriel.app.transcript.table.CellMeasure;
import dev.oriel.app.transcript.table.FontCellMeasure;

/// What fits into the column of text. Immutable.
///
/// @param columns characters of code in a line
/// @param width of the column, pixels
/// @param measure measures text in the fonts of the column
public record TextFit(int columns, int width, CellMeasure measure) {
    /// What fits into a column of the greatest width, with the default fonts.
    public static TextFit of(int columns) {
        return new TextFit(columns, 760, FontCellMeasure.ofDefaults());
    }
}
