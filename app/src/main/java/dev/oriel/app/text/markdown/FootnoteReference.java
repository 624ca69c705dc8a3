package dev.oriel.app.text.markdown;

import org.commonmark.node.CustomNode;

/// A reference to a footnote, `[^label]`.
public final class FootnoteReference extends CustomNode {
    private final int number;

    FootnoteReference(int number) {
        this.number = number;
    }

    /// The number of the footnote, from 1.
    public int number() {
        return number;
    }
}
