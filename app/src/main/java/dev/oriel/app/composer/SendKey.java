package dev.oriel.app.composer;

import dev.oriel.platform.OperatingSystem;

/// The key that sends the text.
public enum SendKey {
    /// Enter sends, Shift+Enter starts a new line.
    ENTER,
    /// Ctrl+Enter (Cmd+Enter on macOS) sends, Enter starts a new line.
    CTRL_ENTER;

    /// The name of the key on this system.
    public String label() {
        return label(OperatingSystem.current());
    }

    String label(OperatingSystem system) {
        return switch (this) {
            case ENTER -> "Enter";
            case CTRL_ENTER -> system == OperatingSystem.MACOS ? "Cmd+Enter" : "Ctrl+Enter";
        };
    }
}
