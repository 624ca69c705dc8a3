package dev.oriel.app.reading;

/// How the two sides of a change are arranged.
public enum DiffLayout {
    /// Side by side if there is room for both sides, else unified.
    AUTOMATIC,
    UNIFIED,
    SIDE_BY_SIDE
}
