package dev.oriel.app.conversation.paging;

import java.util.List;

/// A place that a reader looks for.
///
/// @param seq of the message
/// @param words that were found there, as they are written
/// @param around what is written around them, so that the same words elsewhere in the message are
///   not taken for them
public record SearchTarget(long seq, List<String> words, String around) {
    public SearchTarget {
        words = List.copyOf(words);
    }

    /// A place of which the message is known, and the item that shows it.
    public record Located(String itemId, SearchTarget target) {}
}
