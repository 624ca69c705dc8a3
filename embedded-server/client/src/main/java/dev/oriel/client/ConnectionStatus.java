package dev.oriel.client;

import java.time.Instant;

/// The status of a connection.
public sealed interface ConnectionStatus {
    /// The first attempt is under way.
    record Connecting() implements ConnectionStatus {}

    /// The server has accepted the connection; frames are sent and received.
    record Live() implements ConnectionStatus {}

    /// The connection is down, and another attempt is planned.
    ///
    /// @param attempt the number of the next attempt, from 1
    /// @param maxAttempts how many there will be; 0 without limit
    /// @param retryAt the time of the next attempt
    /// @param cause why the connection ended or the last attempt failed, a sentence for the user
    record Reconnecting(int attempt, int maxAttempts, Instant retryAt, String cause)
            implements ConnectionStatus {}

    /// The connection is down; there is no further attempt without a request.
    ///
    /// @param cause a sentence for the user
    /// @param reason why there is no further attempt
    record Offline(String cause, Reason reason) implements ConnectionStatus {}

    /// Why there is no further attempt.
    enum Reason {
        /// The client closed the connection.
        CLOSED,
        /// The server does not accept the client, for instance its token.
        REFUSED,
        /// The server does not know the session.
        NOT_FOUND,
        /// The server could not be reached, or the connection was lost too often.
        LOST
    }
}
