package dev.oriel.dialect;

import java.time.Duration;

/// Counts the queries of clients for `/metrics`. Thread-safe; the methods may block briefly.
public interface QueryMeter {
    /// A query was accepted.
    ///
    /// @param dialect name of the client's dialect
    void onStarted(String dialect);

    /// An accepted query has ended. Called exactly once per query.
    ///
    /// @param duration the time from acceptance to end
    void onFinished(String dialect, Outcome outcome, Duration duration);

    /// The outcome of a query.
    enum Outcome {
        SUCCESS,
        /// The agent or Oriel failed, or the agent's result is an error.
        ERROR,
        /// The query was interrupted, or its client disconnected.
        CANCELLED
    }
}
