package dev.oriel.app.transcript.render;

import java.time.Instant;

/// Everything besides the item itself that determines how it is rendered.
///
/// @param toggled whether the user opened an item that is closed by default, or closed an open one
/// @param expansions how many times the user chose to see more of it
/// @param settings what holds for all items
/// @param now the time, for durations of running items
record RenderOptions(boolean toggled, int expansions, RenderSettings settings, Instant now) {
    int columns() {
        return settings.columns();
    }
}
