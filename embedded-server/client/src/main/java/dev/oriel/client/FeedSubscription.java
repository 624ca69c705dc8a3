package dev.oriel.client;

/// A subscription to the list of sessions that survives lost connections. Any thread may call;
/// nothing blocks.
public interface FeedSubscription extends AutoCloseable {
    /// Connects at once, with a fresh budget of attempts.
    void reconnect();

    /// Ends the subscription. Returns at once.
    @Override
    void close();
}
