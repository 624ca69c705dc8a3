package dev.oriel.app.text.markdown;

import org.commonmark.node.CustomNode;

/// The end of a footnote to which the text refers.
public final class FootnoteReturn extends CustomNode {
    private final int number;

    FootnoteReturn(int number) {
        this.number = number;
    }

    /// The number of the footnote, from 1.
    public int number() {
        return number;
    }
}
