package dev.oriel.app.transcript.table;

import dev.oriel.app.transcript.document.TextStyle;

/// Measures text of cells. Implementations can be used on any thread.
public interface CellMeasure {
    /// The style class of text in a cell.
    String CELL = "cell";

    /// The width of a text when it is drawn in a line, pixels.
    double width(String text, TextStyle ink);

    /// The size of the font of prose in cells, pixels.
    double size();
}
