package dev.oriel.dialect;

import java.time.Duration;

/// A connected client, as a dialect reaches it. Any thread may call it; nothing here blocks but
/// [#awaitBelow].
public interface Peer {
    /// Sends frames, in order. After the connection is gone nothing happens.
    void send(TextFrames frames);

    default void send(String text) {
        send(TextFrames.of(text));
    }

    /// Bytes that wait to be sent.
    long queuedBytes();

    /// How many bytes may wait to be sent; with more of them the client counts as slow.
    default long queueLimit() {
        return 1024 * 1024;
    }

    /// Waits until fewer bytes wait.
    ///
    /// @return false if that took too long, or the connection is gone
    boolean awaitBelow(long bytes, Duration patience);

    /// Runs something once fewer bytes wait: at once, or later on a thread of the gateway. Never if
    /// the connection goes.
    void whenBelow(long bytes, Runnable then);

    /// Closes with a WebSocket close code, behind what was sent before.
    void close(int code, String reason);

    /// The client has shown that it may come in: from here on the limits for clients that are
    /// logged in hold for it, and no longer the narrow ones of strangers. A dialect says so once,
    /// before anything else is done for the client. Where no place is left the connection is
    /// closed, and what is sent later goes nowhere.
    default void admit() {
        // For peers that have no limits.
    }

    /// The client's address without its port.
    String address();

    /// What it is doing, for the list of clients: the session it is attached to, for example.
    void describe(String what);
}
