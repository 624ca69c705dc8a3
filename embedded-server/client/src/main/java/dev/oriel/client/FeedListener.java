package dev.oriel.client;

import java.util.List;

/// Hears of all sessions. Called on the client's lane, in order; must return soon.
public interface FeedListener {
    void link(LinkState state);

    /// All there are; what was known before counts no more.
    void sessions(List<SessionInfo> all);

    /// A new one, or one that changed.
    void session(SessionInfo changed);

    void gone(String id);
}
