package dev.oriel.app.composer;

import dev.oriel.app.conversation.item.Attachment;
import java.util.List;

/// A prompt that waits.
///
/// @param attachments images and documents besides the text
/// @param sent whether the server has it; otherwise it is stored here until the connection is back
public record QueuedPrompt(String uuid, String text, List<Attachment> attachments, boolean sent) {
    public QueuedPrompt {
        attachments = List.copyOf(attachments);
    }

    /// A prompt of text only.
    public QueuedPrompt(String uuid, String text, boolean sent) {
        this(uuid, text, List.of(), sent);
    }

    /// Text and attachments on one line.
    public String summary() {
        String words = text.strip().replace('\n', ' ');
        if (attachments.isEmpty()) {
            return words;
        }
        String attached =
                attachments.size() == 1
                        ? attachments.getFirst().label()
                        : attachments.size() + " attachments";
        return words.isEmpty() ? attached : words + "  ·  " + attached;
    }
}
