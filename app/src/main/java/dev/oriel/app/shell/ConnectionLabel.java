package dev.oriel.app.shell;

import dev.oriel.client.ConnectionStatus;
import java.time.Duration;
import java.time.Instant;

/// How the connection stands, in words.
///
/// @param detail a whole sentence
/// @param style the style class's end: `connecting`, `live`, `reconnecting`, `offline`
public record ConnectionLabel(String text, String detail, String style) {

    static ConnectionLabel from(ConnectionStatus state, Instant now) {
        return switch (state) {
            case ConnectionStatus.Connecting _ ->
                    new ConnectionLabel("Connecting", "Connecting to the server.", "connecting");
            case ConnectionStatus.Live _ ->
                    new ConnectionLabel("Live", "Connected to the server.", "live");
            case ConnectionStatus.Reconnecting(int attempt, int of, Instant at, String why) -> {
                long s = Math.max(0, Duration.between(now, at).plusMillis(999).toSeconds());
                yield new ConnectionLabel(
                        s == 0 ? "Reconnecting" : "Reconnecting in " + s + " s",
                        of == 0 ? why : why + " Attempt " + attempt + " of " + of + ".",
                        "reconnecting");
            }
            case ConnectionStatus.Offline(String why, _) ->
                    new ConnectionLabel("Offline", why, "offline");
        };
    }

    public boolean isConnected() {
        return style.equals("live");
    }

    public boolean isConnecting() {
        return style.equals("connecting");
    }

    public boolean isOffline() {
        return style.equals("offline");
    }
}
