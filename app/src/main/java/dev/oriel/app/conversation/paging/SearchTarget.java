package dev.oriel.app.conversation.paging;

import java.util.List;

/// A search hit that the view is to show.
///
/// @param seq of the message
/// @param words the words that were found, as they are written there
/// @param around the text around them, which tells them from the same words elsewhere in the
///   message
public record SearchTarget(long seq, List<String> words, String around) {
    public SearchTarget {
        words = List.copyOf(words);
    }

    /// A search hit whose message is held, and the item that shows it.
    public record Located(String itemId, SearchTarget target) {}
}
