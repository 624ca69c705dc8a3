package dev.oriel.app.composer;

/// Which key sends.
public enum SendKey {
    /// Enter sends, Shift+Enter begins a line.
    ENTER("Enter"),
    /// Ctrl+Enter (Cmd+Enter) sends, Enter begins a line.
    CTRL_ENTER("Ctrl+Enter");

    private final String label;

    SendKey(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
