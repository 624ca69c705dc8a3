package dev.oriel.dialect;

import java.time.Duration;

/// A connected client. Thread-safe; no method blocks except [#awaitBelow].
public interface Peer {
    /// Sends frames in order. Does nothing after the connection was closed.
    void send(TextFrames frames);

    default void send(String text) {
        send(TextFrames.of(text));
    }

    /// The number of bytes that are queued for sending.
    long queuedBytes();

    /// The maximum number of queued bytes. With more of them the client is treated as slow.
    default long queueLimit() {
        return 1024 * 1024;
    }

    /// Blocks until fewer than `bytes` bytes are queued.
    ///
    /// @return false after the timeout, or if the connection was closed
    boolean awaitBelow(long bytes, Duration timeout);

    /// Runs a task as soon as fewer than `bytes` bytes are queued: immediately, or later on a
    /// thread of the gateway. The task is not run if the connection is closed before.
    void whenBelow(long bytes, Runnable task);

    /// Closes the connection with a WebSocket close code, after all queued frames.
    void close(int code, String reason);

    /// Marks the client as authenticated, so that the wider limits of authenticated clients apply.
    /// A dialect calls this once, before it does anything else for the client. If the number of
    /// authenticated clients has reached its limit, the connection is closed, and later frames are
    /// discarded. Does nothing by default, for peers without limits.
    default void admit() {}

    /// The client's address without its port.
    String address();

    /// Sets the client's description in the list of clients, for example its session.
    void describe(String description);
}
