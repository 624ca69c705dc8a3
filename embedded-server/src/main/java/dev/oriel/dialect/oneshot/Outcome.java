package dev.oriel.dialect.oneshot;

/// How a run came out, which is what its close code says (section 3.3 of the protocol notes).
sealed interface Outcome {
    /// The agent has answered.
    record Answered() implements Outcome {}

    /// It has not, or with an error.
    ///
    /// @param why a sentence for a person
    record Failed(String why) implements Outcome {}

    /// It could not even begin.
    record NotStarted(String why) implements Outcome {}
}
