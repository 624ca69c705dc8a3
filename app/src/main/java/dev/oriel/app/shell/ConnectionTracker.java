package dev.oriel.app.shell;

import dev.oriel.client.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/// The status of the connections to the feed and to the open session. The session's counts while
/// one is open. Belongs to the JavaFX thread.
final class ConnectionTracker {
    private final Runnable listener;
    private ConnectionStatus feed = new ConnectionStatus.Connecting();

    /// Null while no session is open.
    private @Nullable ConnectionStatus session;

    /// @param listener called after each change, except by [#openSession] and [#closeSession]
    ConnectionTracker(Runnable listener) {
        this.listener = listener;
    }

    void openSession() {
        session = new ConnectionStatus.Connecting();
    }

    void closeSession() {
        session = null;
    }

    void setFeed(ConnectionStatus status) {
        feed = status;
        listener.run();
    }

    /// Takes over the status of the open session's connection. That it was closed from here is
    /// ignored, because [#setOffline] gives the cause; and so is everything that the closed
    /// connection reports after that.
    void setSession(ConnectionStatus status) {
        boolean late = isClosed(session) && !(status instanceof ConnectionStatus.Live);
        if (session != null && !late && !isClosed(status)) {
            session = status;
            listener.run();
        }
    }

    private static boolean isClosed(@Nullable ConnectionStatus status) {
        return status instanceof ConnectionStatus.Offline(_, ConnectionStatus.Reason reason)
                && reason == ConnectionStatus.Reason.CLOSED;
    }

    /// The window has left its server.
    void setOffline(ConnectionStatus.Offline status) {
        feed = status;
        if (session != null) {
            session = status;
        }
        listener.run();
    }

    /// The status of the open session if there is one, else that of the feed.
    ConnectionStatus current() {
        return session == null ? feed : session;
    }
}
