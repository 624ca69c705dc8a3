package dev.oriel.app.settings;

/// Whether Oriel may check for new versions.
public enum UpdateChoice {
    ASK("Ask me"),
    YES("Once a day"),
    NO("Never");

    private final String label;

    UpdateChoice(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
