package dev.oriel.app.settings;

/// The colour theme of the window.
public enum ThemeChoice {
    SYSTEM("Same as system"),
    LIGHT("Light"),
    DARK("Dark"),
    CONTRAST("High contrast");

    private final String label;

    ThemeChoice(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
