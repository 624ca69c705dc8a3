package dev.oriel.app.shell;

/// What fills the middle of the window.
public sealed interface Page {
    /// A session that has not begun.
    record Begin(DraftPage draft) implements Page {}

    /// A session.
    record Talk(String id) implements Page {}
}
