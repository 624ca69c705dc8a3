package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// Who wrote a `user` message: a person, or the agent.
///
/// The agent's own messages name its conversation, a prompt that a client sent does not. So
/// nobody's words are taken for a sign, whatever they say.
final class UserMessageOrigin {
    /// What the agent puts into the conversation where it was stopped.
    private static final Set<String> STOPPED =
            Set.of("[Request interrupted by user]", "[Request interrupted by user for tool use]");

    private UserMessageOrigin() {}

    static boolean isAgent(JsonNode user) {
        return !MessageFields.text(user, "session_id").isEmpty();
    }

    /// Whether the message says nothing but that the turn was stopped.
    static boolean isInterruption(JsonNode user) {
        JsonNode content = user.path("message").path("content");
        return isAgent(user)
                && MessageFields.count(content, "tool_result") == 0
                && STOPPED.contains(MessageFields.content(content));
    }
}
