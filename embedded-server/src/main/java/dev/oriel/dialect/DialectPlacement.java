package dev.oriel.dialect;

/// Where a dialect is served, which decides on its paths.
public enum DialectPlacement {
    /// On the main port, beside all others, under paths of its own.
    MAIN,
    /// On a port of its own, at the paths that the clients of its system know.
    CLASSIC
}
