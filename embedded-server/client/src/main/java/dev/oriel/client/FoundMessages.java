package dev.oriel.client;

import java.util.List;

/// A part of the result of a search in one session.
///
/// @param hits newest first
/// @param next the position before which the search continues; 0 if it is complete
public record FoundMessages(List<Hit> hits, long next) {
    /// Copies the list.
    public FoundMessages {
        hits = List.copyOf(hits);
    }

    /// A message with matches.
    ///
    /// @param seq its position
    /// @param count how many matches it has, from 1
    public record Hit(long seq, int count) {}
}
