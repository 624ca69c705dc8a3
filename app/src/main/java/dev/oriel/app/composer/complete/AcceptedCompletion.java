package dev.oriel.app.composer.complete;

import org.jspecify.annotations.Nullable;

/// What happens to the text when a row is chosen.
///
/// @param start of the part that is replaced
/// @param end of the part that is replaced
/// @param insertion replaces it
/// @param action runs after that; null for none
public record AcceptedCompletion(int start, int end, String insertion, @Nullable Runnable action) {}
