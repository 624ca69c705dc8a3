package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.BlockType;
import java.util.Set;

/// Tells a `user` message of the agent from a prompt.
///
/// Messages of the agent have the id of its conversation, prompts of clients do not. So the text of
/// a prompt is never mistaken for a message of the agent.
final class UserMessageOrigin {
    /// The texts by which the agent records an interruption.
    private static final Set<String> STOPPED =
            Set.of("[Request interrupted by user]", "[Request interrupted by user for tool use]");

    private UserMessageOrigin() {}

    static boolean isAgent(JsonNode user) {
        return !MessageFields.text(user, "session_id").isEmpty();
    }

    /// Whether the message only records that the turn was interrupted.
    static boolean isInterruption(JsonNode user) {
        JsonNode content = user.path("message").path("content");
        return isAgent(user)
                && MessageFields.count(content, BlockType.TOOL_RESULT) == 0
                && STOPPED.contains(MessageFields.content(content));
    }
}
