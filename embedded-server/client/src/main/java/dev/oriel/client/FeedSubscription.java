package dev.oriel.client;

/// A subscription to the list of sessions that survives lost connections.
public interface FeedSubscription extends AutoCloseable {
    /// Tries at once, with a fresh budget.
    void reconnect();

    @Override
    void close();
}
