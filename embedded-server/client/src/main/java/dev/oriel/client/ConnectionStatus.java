package dev.oriel.client;

import java.time.Instant;

/// How a connection stands.
public sealed interface ConnectionStatus {
    /// The first attempt is under way.
    record Connecting() implements ConnectionStatus {}

    /// Frames come and go.
    record Live() implements ConnectionStatus {}

    /// It is down, and another attempt is planned.
    ///
    /// @param attempt the number of the next attempt, from 1
    /// @param maxAttempts how many there will be; 0 without limit
    /// @param retryAt when it is made
    /// @param cause one sentence: why the connection ended, or why the last attempt failed
    record Reconnecting(int attempt, int maxAttempts, Instant retryAt, String cause)
            implements ConnectionStatus {}

    /// It is down and stays so until somebody asks for it again.
    ///
    /// @param cause one sentence for a person
    /// @param reason what kind of end it was
    record Offline(String cause, Reason reason) implements ConnectionStatus {}

    /// What kind of end an [Offline] is.
    enum Reason {
        /// We ended it ourselves.
        CLOSED,
        /// The server refuses our token.
        REFUSED,
        /// The server knows no such session.
        NOT_FOUND,
        /// It could not be reached, or was lost too often.
        LOST
    }
}
