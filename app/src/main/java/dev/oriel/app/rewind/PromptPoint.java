package dev.oriel.app.rewind;

import dev.oriel.app.conversation.item.Item;
import java.util.Optional;

/// A prompt to which a conversation can return.
///
/// @param seq position of its message, from 1
/// @param uuid `uuid` of its message, by which the agent finds the files of that moment
/// @param hasAttachments whether its message has more than the text
public record PromptPoint(long seq, String uuid, String text, boolean hasAttachments) {
    private static final String PREFIX = "prompt:";

    /// The point before a prompt; empty if the item is something else, or a prompt that is not
    /// journaled.
    public static Optional<PromptPoint> of(Item item) {
        return item instanceof Item.Prompt p && p.seq() > 0 && p.id().startsWith(PREFIX)
                ? Optional.of(
                        new PromptPoint(
                                p.seq(),
                                p.id().substring(PREFIX.length()),
                                p.text(),
                                !p.attachments().isEmpty()))
                : Optional.empty();
    }
}
