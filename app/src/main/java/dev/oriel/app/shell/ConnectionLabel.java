package dev.oriel.app.shell;

import dev.oriel.client.ConnectionStatus;
import java.time.Duration;
import java.time.Instant;

/// The status of the connection as it is shown.
///
/// @param text one or a few words
/// @param detail a whole sentence
public record ConnectionLabel(String text, String detail, State state) {
    /// The kind of a [ConnectionStatus].
    public enum State {
        CONNECTING,
        LIVE,
        RECONNECTING,
        OFFLINE
    }

    static ConnectionLabel from(ConnectionStatus status, Instant now) {
        return switch (status) {
            case ConnectionStatus.Connecting _ ->
                    new ConnectionLabel(
                            "Connecting", "Connecting to the server.", State.CONNECTING);
            case ConnectionStatus.Live _ ->
                    new ConnectionLabel("Live", "Connected to the server.", State.LIVE);
            case ConnectionStatus.Reconnecting(int attempt, int max, Instant at, String cause) -> {
                long s = Math.max(0, Duration.between(now, at).plusMillis(999).toSeconds());
                yield new ConnectionLabel(
                        s == 0 ? "Reconnecting" : "Reconnecting in " + s + " s",
                        max == 0 ? cause : cause + " Attempt " + attempt + " of " + max + ".",
                        State.RECONNECTING);
            }
            case ConnectionStatus.Offline(String cause, _) ->
                    new ConnectionLabel("Offline", cause, State.OFFLINE);
        };
    }

    /// Whether the server has admitted the window.
    public boolean isConnected() {
        return state == State.LIVE;
    }

    /// Whether this is the first attempt.
    public boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /// Whether no further attempt is made.
    public boolean isOffline() {
        return state == State.OFFLINE;
    }
}
