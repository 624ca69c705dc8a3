package dev.oriel.app.shell;

/// What fills the middle of the window.
public sealed interface WindowPage {
    /// A session that has not begun.
    record NewSession(NewSessionDraft draft) implements WindowPage {}

    /// A session.
    record Conversation(String id) implements WindowPage {}
}
