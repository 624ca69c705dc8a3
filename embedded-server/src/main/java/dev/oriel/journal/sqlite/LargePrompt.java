package dev.oriel.journal.sqlite;

import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.Optional;
import java.util.UUID;

/// Prompts with images or documents, whose messages are too large to be read whenever a user looks
/// for an earlier prompt. Pure.
final class LargePrompt {
    /// Larger messages are listed without what is attached to them.
    static final int MAX_BYTES = 256 * 1024;

    private LargePrompt() {}

    /// A large prompt as it is listed: with its text only.
    ///
    /// @param user its message
    /// @return empty if the message is not large; also if it has no text, or the text alone is as
    ///   large
    static Optional<Message> withoutAttachments(UUID uuid, Message user) {
        if (user.bytes().length <= MAX_BYTES) {
            return Optional.empty();
        }
        String text = UserMessages.text(user.tree());
        if (text.isBlank() || text.length() > MAX_BYTES) {
            return Optional.empty();
        }
        Message words = UserMessages.prompt(uuid, text);
        return words.bytes().length <= MAX_BYTES ? Optional.of(words) : Optional.empty();
    }
}
