package dev.oriel.app.text.markdown;

import org.commonmark.node.CustomBlock;

/// A formula on lines of its own, with its delimiters, each character as it was written.
public final class FormulaBlock extends CustomBlock {
    private String literal = "";

    /// Empty where its end is missing: then it is a paragraph, and its children are the text.
    public String literal() {
        return literal;
    }

    void literal(String text) {
        literal = text;
    }
}
