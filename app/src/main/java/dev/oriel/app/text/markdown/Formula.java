package dev.oriel.app.text.markdown;

import org.commonmark.node.CustomNode;

/// A formula within a line, with its delimiters, unchanged.
public final class Formula extends CustomNode {
    private final String literal;

    Formula(String literal) {
        this.literal = literal;
    }

    public String literal() {
        return literal;
    }
}
