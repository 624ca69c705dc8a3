package dev.oriel.client;

import java.util.List;

/// Hears of all sessions. Called on the client's lane, in order; must return soon.
public interface FeedListener {
    void onStatus(ConnectionStatus state);

    /// All there are; what was known before counts no more.
    void onSessions(List<SessionInfo> all);

    /// A new one, or one that changed.
    void onSession(SessionInfo changed);

    void onSessionRemoved(String id);
}
