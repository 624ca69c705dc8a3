package dev.oriel.client;

import java.time.Instant;

/// How a connection stands.
public sealed interface LinkState {
    /// The first attempt is under way.
    record Connecting() implements LinkState {}

    /// Frames come and go.
    record Live() implements LinkState {}

    /// It is down, and another attempt is planned.
    ///
    /// @param attempt the number of the next attempt, from 1
    /// @param of how many there will be; 0 without limit
    /// @param at when it is made
    /// @param why one sentence: why the connection ended, or why the last attempt failed
    record Reconnecting(int attempt, int of, Instant at, String why) implements LinkState {}

    /// It is down and stays so until somebody asks for it again.
    ///
    /// @param why one sentence for a person
    /// @param reason what kind of end it was
    record Offline(String why, Reason reason) implements LinkState {}

    /// What kind of end an [Offline] is.
    enum Reason {
        /// We ended it ourselves.
        CLOSED,
        /// The server refuses our token.
        REFUSED,
        /// The server knows no such session.
        GONE,
        /// It could not be reached, or was lost too often.
        LOST
    }
}
