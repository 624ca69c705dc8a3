package dev.oriel.client;

import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Receives the events of one session. All methods are called on the client's lane, in order. They
/// must return soon and must not block.
public interface SessionListener {
    /// The status of the connection changed.
    ///
    /// @param status the status now
    void onStatus(ConnectionStatus status);

    /// A message was received. A journaled one comes exactly once over the life of its
    /// [SessionSubscription], also across lost connections.
    ///
    /// @param message has a `seq` if it is journaled
    void onMessage(Message message);

    /// The server's journal is not the one of before, because its data was deleted or restored from
    /// a backup. Everything that was received is void, and all messages follow again from the first
    /// one on.
    default void onJournalReplaced() {}

    /// Back-pressure: asked after every message. As long as the stage is not complete, no further
    /// frames are read from the socket, beyond a window of 64, so a slow listener slows the server
    /// instead of filling the memory.
    ///
    /// @return completes on any thread when the listener can receive more; by default it can at
    ///   once
    default CompletionStage<?> ready() {
        return CompletableFuture.completedFuture(null);
    }
}
