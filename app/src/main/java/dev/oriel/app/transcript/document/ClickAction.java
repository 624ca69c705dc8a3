package dev.oriel.app.transcript.document;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.item.ToolRun;

/// What a click on a text or a line does.
public sealed interface ClickAction {
    record OpenLink(String url) implements ClickAction {}

    /// Opens a file.
    ///
    /// @param path as the agent wrote it; relative ones lead from the session's folder
    record OpenFile(String path) implements ClickAction {}

    /// Goes to a footnote of the same item.
    ///
    /// @param number of the footnote, from 1
    record ToFootnote(int number) implements ClickAction {}

    /// Goes to where the same item refers to a footnote first.
    ///
    /// @param number of the footnote, from 1
    record ToReference(int number) implements ClickAction {}

    /// Opens or closes an item.
    record Toggle(String itemId) implements ClickAction {}

    /// Opens or closes a part of an item.
    record TogglePart(String itemId, String part) implements ClickAction {}

    /// Shows more of a long text.
    record ShowMore(String itemId) implements ClickAction {}

    /// Takes a step that a notice offers.
    record TakeStep(String itemId, NextStep step) implements ClickAction {}

    /// @param text its string is copied; while it grows, the string at the time of the click
    record Copy(CharSequence text) implements ClickAction {}

    /// Copies the input or the result of a tool call as JSON, whole, from its message.
    ///
    /// @param seq of the message
    /// @param toolUseId of the call
    /// @param result whether it is the result
    /// @param otherwise what is copied if the message cannot be loaded
    record CopyRaw(long seq, String toolUseId, boolean result, String otherwise)
            implements ClickAction {}

    /// Enlarges an image, or opens or saves a document.
    record OpenAttachment(Attachment attachment) implements ClickAction {}

    /// Shows what an edit changed in the whole window.
    record OpenDiff(ToolRun edit) implements ClickAction {}
}
