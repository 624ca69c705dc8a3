package dev.oriel.app.shell;

import dev.oriel.client.LinkState;
import java.time.Duration;
import java.time.Instant;

/// How the connection stands, in words.
///
/// @param detail a whole sentence
/// @param kind the style class's end: `connecting`, `live`, `reconnecting`, `offline`
public record LinkWords(String word, String detail, String kind) {

    static LinkWords of(LinkState state, Instant now) {
        return switch (state) {
            case LinkState.Connecting _ ->
                    new LinkWords("Connecting", "Connecting to the server.", "connecting");
            case LinkState.Live _ -> new LinkWords("Live", "Connected to the server.", "live");
            case LinkState.Reconnecting(int attempt, int of, Instant at, String why) -> {
                long s = Math.max(0, Duration.between(now, at).plusMillis(999).toSeconds());
                yield new LinkWords(
                        s == 0 ? "Reconnecting" : "Reconnecting in " + s + " s",
                        of == 0 ? why : why + " Attempt " + attempt + " of " + of + ".",
                        "reconnecting");
            }
            case LinkState.Offline(String why, _) -> new LinkWords("Offline", why, "offline");
        };
    }

    public boolean live() {
        return kind.equals("live");
    }

    public boolean connecting() {
        return kind.equals("connecting");
    }

    public boolean offline() {
        return kind.equals("offline");
    }
}
