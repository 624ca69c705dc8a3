package dev.oriel.app.asks.request;

import dev.oriel.platform.OperatingSystem;

/// The keys that resolve an ask.
///
/// On macOS, Alt with a letter types a character (`˜` for N): it would also write into the prompt,
/// and a keyboard layout without that character could not resolve the ask. So there the keys
/// include Command, which types nothing.
public enum AnswerKeys {
    ALLOW("Y"),
    ALWAYS("A"),
    DENY("N");

    private final String letter;

    AnswerKeys(String letter) {
        this.letter = letter;
    }

    public String keys() {
        return keys(OperatingSystem.current());
    }

    /// @param system on which the keys are pressed
    public String keys(OperatingSystem system) {
        return (system == OperatingSystem.MACOS ? "Meta+Alt+" : "Alt+") + letter;
    }

    /// The keys as the window names them, for example `Alt+Y`.
    public String shown() {
        return shown(OperatingSystem.current());
    }

    /// @param system on which the keys are pressed
    public String shown(OperatingSystem system) {
        return (system == OperatingSystem.MACOS ? "Cmd+Option+" : "Alt+") + letter;
    }
}
