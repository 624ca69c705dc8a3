package dev.oriel.dialect;

/// Where a dialect is served. Its paths depend on it.
public enum DialectPlacement {
    /// On the main port, together with all other dialects, under its own path prefix.
    MAIN,
    /// On its own port, at the paths that existing clients of the emulated system use.
    CLASSIC
}
