package dev.oriel.client;

import java.util.List;

/// Receives the list of a server's sessions, and its changes. All methods are called on the
/// client's lane, in order. They must return soon and must not block.
public interface FeedListener {
    /// The status of the connection changed.
    ///
    /// @param status the status now
    void onStatus(ConnectionStatus status);

    /// The list was received; it replaces what was known before. Comes once for each connection.
    ///
    /// @param all all sessions of the server
    void onSessions(List<SessionInfo> all);

    /// A session is new or changed.
    ///
    /// @param session the session now
    void onSession(SessionInfo session);

    /// A session was deleted.
    ///
    /// @param id its id
    void onSessionRemoved(String id);
}
