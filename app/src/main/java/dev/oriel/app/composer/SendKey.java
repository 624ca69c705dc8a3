package dev.oriel.app.composer;

/// The key that sends the text.
public enum SendKey {
    /// Enter sends, Shift+Enter starts a new line.
    ENTER("Enter"),
    /// Ctrl+Enter (Cmd+Enter on macOS) sends, Enter starts a new line.
    CTRL_ENTER("Ctrl+Enter");

    private final String label;

    SendKey(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
