package dev.oriel.app.shell;

/// The page in the middle of the window.
public sealed interface WindowPage {
    /// The page of a new session.
    record NewSession(NewSessionDraft draft) implements WindowPage {}

    /// The conversation of a session.
    ///
    /// @param id of the session
    record Conversation(String id) implements WindowPage {}
}
