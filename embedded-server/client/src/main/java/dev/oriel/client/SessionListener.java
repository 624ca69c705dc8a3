package dev.oriel.client;

import dev.oriel.message.Message;

/// Hears one session. Called on the client's lane, in order; reading from the socket waits for it.
public interface SessionListener {
    void onStatus(ConnectionStatus state);

    /// A message. A journaled one comes exactly once over the life of its [SessionSubscription],
    /// also across lost connections.
    void onMessage(Message message);

    /// The server's journal is another one than before (a data folder that was deleted, or a copy
    /// that was put back): all that came counts no more, and everything comes again from the first
    /// message on.
    default void onJournalReplaced() {}
}
