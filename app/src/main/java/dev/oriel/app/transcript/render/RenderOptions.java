package dev.oriel.app.transcript.render;

import java.time.Instant;

/// What, besides the item itself, decides how it is drawn.
///
/// @param toggled whether the reader opened what is closed by itself, or closed what is open
/// @param expansions how many times the reader asked to see more of it
/// @param columns characters of code that fit into a line
/// @param now for how long something has been running
record RenderOptions(boolean toggled, int expansions, int columns, Instant now) {}
