package dev.oriel.app.transcript.options;

import java.time.Instant;
import java.util.Set;

/// Everything besides the item itself that determines how it is rendered.
///
/// @param toggled whether the user opened an item that is closed by default, or closed an open one
/// @param expansions how many times the user chose to see more of it
/// @param parts the parts of the item that the user opened, or closed if they are open by default
/// @param settings what holds for all items
/// @param now the time, for durations of running items
public record RenderOptions(
        boolean toggled, int expansions, Set<String> parts, RenderSettings settings, Instant now) {
    public RenderOptions {
        parts = Set.copyOf(parts);
    }

    /// Options for an item of which no part was opened or closed.
    public RenderOptions(boolean toggled, int expansions, RenderSettings settings, Instant now) {
        this(toggled, expansions, Set.of(), settings, now);
    }

    /// Characters of code in a line.
    public int columns() {
        return settings.columns();
    }
}
