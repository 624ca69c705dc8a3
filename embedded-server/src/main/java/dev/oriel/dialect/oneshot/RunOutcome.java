package dev.oriel.dialect.oneshot;

/// The outcome of a run, which determines the close code (wire.md 3.3).
sealed interface RunOutcome {
    /// The agent has answered.
    record Answered() implements RunOutcome {}

    /// The agent has not answered, or with an error.
    ///
    /// @param why a sentence for the user
    record Failed(String why) implements RunOutcome {}

    /// The agent could not be started.
    record NotStarted(String why) implements RunOutcome {}
}
