package dev.oriel.app.reading;

/// How the two sides of a change are arranged.
public enum DiffLayout {
    /// Side by side if there is room for both sides, else unified.
    AUTOMATIC("By the room there is"),
    UNIFIED("Unified"),
    SIDE_BY_SIDE("Side by side");

    private final String label;

    DiffLayout(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
