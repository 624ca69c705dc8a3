package dev.oriel.app.conversation.paging;

/// Where somebody was reading.
public sealed interface ReadingPosition {
    /// At the end, and wants to stay there as more comes.
    record AtEnd() implements ReadingPosition {}

    /// @param itemId the item at the upper edge
    /// @param line of the item's paragraphs, from 0
    /// @param offset of that paragraph's upper edge from the upper edge of what is visible, pixels;
    ///   usually negative
    record At(String itemId, int line, double offset) implements ReadingPosition {}
}
