package dev.oriel.app.asks.request;

/// The keys that answer an ask, as JavaFX writes them.
///
/// On macOS Alt with a letter types a character (`˜` for N), so that an answer given by it would
/// also write into the message, and a layout that has no such key could not answer: there the
/// Command key is held too, which types nothing.
public enum AnswerKeys {
    ALLOW("Y"),
    ALWAYS("A"),
    DENY("N");

    private final String letter;

    AnswerKeys(String letter) {
        this.letter = letter;
    }

    public String keys() {
        return keys(System.getProperty("os.name", ""));
    }

    /// @param system the name of the operating system, as Java has it
    public String keys(String system) {
        return (system.startsWith("Mac") ? "Meta+Alt+" : "Alt+") + letter;
    }

    /// As a person reads it.
    public String shown() {
        return shown(System.getProperty("os.name", ""));
    }

    /// @param system the name of the operating system, as Java has it
    public String shown(String system) {
        return (system.startsWith("Mac") ? "Cmd+Option+" : "Alt+") + letter;
    }
}
