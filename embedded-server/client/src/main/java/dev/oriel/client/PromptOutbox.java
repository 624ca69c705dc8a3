package dev.oriel.client;

import dev.oriel.message.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prompts that were sent by a person and not yet confirmed by the server, in order. Safe for any
/// thread.
public interface PromptOutbox {
    /// Keeps a prompt until it is confirmed.
    ///
    /// @param prompt a `user` message with a `uuid`
    /// @throws IOException if it could not be kept; then it is not kept at all
    void add(String sessionId, Message prompt) throws IOException;

    /// The server has it, or a person took it back. Nothing happens if it is not here.
    ///
    /// @return whether it was
    boolean remove(String uuid);

    /// The session is gone, and with it what waits for it.
    void removeSession(String sessionId);

    /// What waits for a session, oldest first.
    List<Message> pending(String sessionId);

    /// The sessions that something waits for.
    List<String> sessions();

    /// One that forgets with the process.
    static PromptOutbox inMemory() {
        return new PromptOutbox() {
            private record Entry(String sessionId, Message prompt) {}

            // Guarded by this.
            private final Map<String, Entry> entries = new LinkedHashMap<>();

            @Override
            public synchronized void add(String sessionId, Message prompt) {
                entries.put(String.valueOf(prompt.uuid()), new Entry(sessionId, prompt));
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
                List<Message> prompts = new ArrayList<>();
                for (Entry e : entries.values()) {
                    if (e.sessionId().equals(sessionId)) {
                        prompts.add(e.prompt());
                    }
                }
                return prompts;
            }

            @Override
            public synchronized List<String> sessions() {
                return entries.values().stream().map(Entry::sessionId).distinct().toList();
            }
        };
    }
}
