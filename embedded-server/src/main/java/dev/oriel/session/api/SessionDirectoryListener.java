package dev.oriel.session.api;

import java.util.List;
import java.util.UUID;

/// Follows all sessions of a server. Called in order, never concurrently, on any session's lane;
/// must not block.
public interface SessionDirectoryListener {
    /// All sessions as they are now; called once, before any other method.
    void onSessions(List<SessionView> sessions);

    void onChanged(SessionView session);

    void onDeleted(UUID session);
}
