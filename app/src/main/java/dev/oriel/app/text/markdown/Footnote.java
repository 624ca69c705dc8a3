package dev.oriel.app.text.markdown;

import org.commonmark.node.CustomBlock;

/// The text of a footnote, `[^label]: text`. Its children are blocks.
public final class Footnote extends CustomBlock {
    private final String label;
    private int number;

    Footnote(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    void setNumber(int position) {
        number = position;
    }

    /// The place among the footnotes, from 1, in the order in which the text refers to them.
    public int number() {
        return number;
    }
}
