package dev.oriel.app.text.markdown;

import org.commonmark.node.CustomBlock;

/// A formula on lines of its own, with its delimiters, unchanged.
public final class FormulaBlock extends CustomBlock {
    private String literal = "";

    /// Empty if the closing delimiter is missing. The node is a paragraph then, and its children
    /// are the text.
    public String literal() {
        return literal;
    }

    void literal(String text) {
        literal = text;
    }
}
