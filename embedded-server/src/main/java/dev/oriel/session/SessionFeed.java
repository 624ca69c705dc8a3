package dev.oriel.session;

import java.util.List;
import java.util.UUID;

/// Hears of all sessions. Called in order, never twice at once, on any session's lane; must not
/// block.
public interface SessionFeed {
    /// How things stand at the beginning; called once, before anything else.
    void all(List<SessionView> sessions);

    void changed(SessionView session);

    void gone(UUID session);
}
