package dev.oriel.dialect;

import java.time.Duration;

/// Counts the queries of clients, for `/metrics`. Any thread; may take a moment.
public interface QueryMeter {
    /// A query has been accepted.
    ///
    /// @param dialect name of the client's dialect
    void onStarted(String dialect);

    /// An accepted query is over. Once for each.
    ///
    /// @param took from its acceptance to its end
    void onFinished(String dialect, Outcome outcome, Duration took);

    /// How a query ended.
    enum Outcome {
        SUCCESS,
        /// The agent or Oriel failed, or the agent's result says so.
        ERROR,
        /// Somebody stopped it, or its client left.
        CANCELLED
    }
}
