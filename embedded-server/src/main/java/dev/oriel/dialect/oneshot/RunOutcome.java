package dev.oriel.dialect.oneshot;

/// How a run came out, which is what its close code says (wire.md 3.3).
sealed interface RunOutcome {
    /// The agent has answered.
    record Answered() implements RunOutcome {}

    /// It has not, or with an error.
    ///
    /// @param why a sentence for a person
    record Failed(String why) implements RunOutcome {}

    /// It could not even begin.
    record NotStarted(String why) implements RunOutcome {}
}
