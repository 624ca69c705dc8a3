package dev.oriel.app.text.markdown;

import org.commonmark.node.CustomBlock;

/// A part of a text that can be folded: the HTML element `details`. Its children are the content.
public final class Details extends CustomBlock {
    private final boolean open;
    private String summary = "";

    Details(boolean open) {
        this.open = open;
    }

    void setSummary(String text) {
        summary = text;
    }

    /// The line that stays in sight; never empty.
    public String summary() {
        return summary.isBlank() ? "Details" : summary;
    }

    /// Whether it is open at first.
    public boolean isOpen() {
        return open;
    }
}
