package dev.oriel.client;

import dev.oriel.message.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Prompts that the user has sent and the server has not confirmed yet, in the order of sending.
/// Thread-safe; no method blocks.
public interface PromptOutbox {
    /// Stores a prompt until it is confirmed.
    ///
    /// @param sessionId its session
    /// @param prompt a `user` message with a `uuid`
    /// @return completes once the prompt is stored, and is among the pending ones from then on;
    ///   fails with an [java.io.IOException] if it could not be stored
    CompletableFuture<Void> add(String sessionId, Message prompt);

    /// Removes a prompt that the server has confirmed or the user has withdrawn.
    ///
    /// @param uuid of the prompt
    /// @return whether it was stored here
    boolean remove(String uuid);

    /// Removes all prompts of a session that was deleted.
    ///
    /// @param sessionId the session
    void removeSession(String sessionId);

    /// The stored prompts of a session.
    ///
    /// @param sessionId the session
    /// @return oldest first; a copy
    List<Message> pending(String sessionId);

    /// The sessions that have stored prompts.
    ///
    /// @return their ids; a copy
    List<String> sessions();

    /// An outbox that is lost with the process.
    ///
    /// @return a new outbox
    static PromptOutbox inMemory() {
        return new PromptOutbox() {
            private record Entry(String sessionId, Message prompt) {}

            // Guarded by this.
            private final Map<String, Entry> entries = new LinkedHashMap<>();

            @Override
            public synchronized CompletableFuture<Void> add(String sessionId, Message prompt) {
                entries.put(String.valueOf(prompt.uuid()), new Entry(sessionId, prompt));
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public synchronized boolean remove(String uuid) {
                return entries.remove(uuid) != null;
            }

            @Override
            public synchronized void removeSession(String sessionId) {
                entries.values().removeIf(e -> e.sessionId().equals(sessionId));
            }

            @Override
            public synchronized List<Message> pending(String sessionId) {
                return entries.values().stream()
                        .filter(e -> e.sessionId().equals(sessionId))
                        .map(Entry::prompt)
                        .toList();
            }

            @Override
            public synchronized List<String> sessions() {
                return entries.values().stream().map(Entry::sessionId).distinct().toList();
            }
        };
    }
}
