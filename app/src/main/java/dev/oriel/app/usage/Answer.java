package dev.oriel.app.usage;

/// Something that the server or the agent was asked for.
public sealed interface Answer<T> {
    /// It was not asked.
    record Unasked<T>() implements Answer<T> {}

    /// It has not replied yet.
    record Pending<T>() implements Answer<T> {}

    record Given<T>(T value) implements Answer<T> {}

    /// It cannot reply.
    ///
    /// @param why a sentence for the user
    /// @param noAgent whether that is because no agent is running
    record Refused<T>(String why, boolean noAgent) implements Answer<T> {}
}
