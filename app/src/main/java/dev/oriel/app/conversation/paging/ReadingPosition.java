package dev.oriel.app.conversation.paging;

/// Where the user reads a conversation.
public sealed interface ReadingPosition {
    /// At the end, which stays in sight while the conversation grows.
    record AtEnd() implements ReadingPosition {}

    /// At a paragraph.
    ///
    /// @param itemId the item at the upper edge of the view
    /// @param line the item's paragraph there, from 0
    /// @param offset from the upper edge of the view to the paragraph's, pixels; usually negative
    record At(String itemId, int line, double offset) implements ReadingPosition {}
}
