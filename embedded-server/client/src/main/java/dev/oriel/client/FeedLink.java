package dev.oriel.client;

/// A subscription to the list of sessions that survives lost connections.
public interface FeedLink extends AutoCloseable {
    /// Tries at once, with a fresh budget.
    void reconnect();

    @Override
    void close();
}
