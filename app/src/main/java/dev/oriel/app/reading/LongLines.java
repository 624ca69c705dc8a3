package dev.oriel.app.reading;

/// What becomes of lines of code that are wider than the column of text.
public enum LongLines {
    /// They continue in the next line.
    WRAP("Continue in the next line"),
    /// They keep their width; the block scrolls.
    SCROLL("Scroll");

    private final String label;

    LongLines(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
