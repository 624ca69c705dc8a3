package dev.oriel.app.reading;

/// What becomes of lines of code that are wider than the column of text.
public enum LongLines {
    /// They continue in the next line.
    WRAP,
    /// They keep their width; the block scrolls.
    SCROLL
}
