package dev.oriel.dialect.oneshot;

/// How a run came out, which is what its close code says (section 3.3 of the protocol notes).
sealed interface Outcome {
    /// The agent has answered.
    record Answered() implements Outcome {}

    /// It has not, or with an error. It has said so itself.
    record Failed() implements Outcome {}

    /// It could not even begin.
    record NotStarted(String why) implements Outcome {}
}
