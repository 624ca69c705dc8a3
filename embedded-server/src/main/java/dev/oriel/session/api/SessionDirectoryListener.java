package dev.oriel.session.api;

import java.util.List;
import java.util.UUID;

/// Hears of all sessions. Called in order, never twice at once, on any session's lane; must not
/// block.
public interface SessionDirectoryListener {
    /// How things stand at the beginning; called once, before anything else.
    void onSessions(List<SessionView> sessions);

    void onChanged(SessionView session);

    void onDeleted(UUID session);
}
