package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.media.MediaBlocks;
import dev.oriel.message.BlockType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The item of a `user` message: a prompt, or a notice if the CLI wrote the message.
final class UserMessageItem {
    /// The texts by which the agent records an interruption.
    private static final Set<String> STOPPED =
            Set.of("[Request interrupted by user]", "[Request interrupted by user for tool use]");

    private UserMessageItem() {}

    /// @param id of the item
    /// @return null if the message makes no item: it is empty, or holds results of tools
    static @Nullable Item of(String id, JsonNode user) {
        JsonNode content = user.path("message").path("content");
        String text = MessageFields.content(content);
        long seq = MessageFields.seq(user);
        List<Attachment> attachments = MediaBlocks.attachments(content, seq);
        if (text.isBlank() && attachments.isEmpty()) {
            return null;
        }
        if (isReplay(user)) {
            String printed = SystemNotices.unwrapped(text);
            return SystemNotices.quiet(
                    id, seq, Truncation.firstLine(printed), Truncation.truncate(printed));
        }
        if (user.path("isSynthetic").asBoolean()
                || user.path("isCompactSummary").asBoolean()
                || user.path("isMeta").asBoolean()) {
            return SystemNotices.quiet(id, seq, "Continued by itself", Truncation.truncate(text));
        }
        return MessageFields.count(content, BlockType.TOOL_RESULT) == 0
                ? new Item.Prompt(id, seq, Truncation.truncate(text), attachments)
                : null;
    }

    /// Whether the message repeats a command and what it printed.
    static boolean isReplay(JsonNode user) {
        return user.path("isReplay").asBoolean();
    }

    /// Whether the message only records that the turn was interrupted. Messages of the agent have
    /// the id of its conversation, prompts of clients do not, so the text of a prompt is never
    /// mistaken for one.
    static boolean isInterruption(JsonNode user) {
        JsonNode content = user.path("message").path("content");
        return !MessageFields.text(user, "session_id").isEmpty()
                && MessageFields.count(content, BlockType.TOOL_RESULT) == 0
                && STOPPED.contains(MessageFields.content(content));
    }
}
