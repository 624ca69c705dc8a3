package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The prompt of the running turn, until the agent has done something about it: written, thought,
/// or called a tool. Belongs to the JavaFX thread.
final class UnbegunPrompt {
    private @Nullable Message prompt;
    private boolean running;

    void receive(Message message) {
        switch (message.type()) {
            case MessageType.USER -> {
                if (isOfUser(message)) {
                    // A second prompt during the turn belongs to what has happened already.
                    prompt = running ? null : message;
                    running = true;
                }
            }
            case MessageType.ASSISTANT -> {
                for (JsonNode block : message.tree().path("message").path("content")) {
                    onBlock(block);
                }
            }
            case MessageType.STREAM_EVENT -> {
                JsonNode event = message.tree().path("event");
                onBlock(event.path("content_block"));
                onBlock(event.path("delta"));
            }
            default -> {
                // Hooks, limits and states do not answer.
            }
        }
    }

    /// A text or a thought begins with an empty block; a call of a tool has its name at once.
    ///
    /// @param block a content block, or what is added to one
    private void onBlock(JsonNode block) {
        boolean shown =
                switch (block.path("type").asText("")) {
                    case "", "signature_delta" -> false;
                    case "text", "text_delta" -> !block.path("text").asText("").isEmpty();
                    case "thinking", "thinking_delta" ->
                            !block.path("thinking").asText("").isEmpty();
                    default -> true;
                };
        if (shown) {
            prompt = null;
        }
    }

    /// A message of the agent's process names its conversation, which a prompt does not.
    private static boolean isOfUser(Message message) {
        JsonNode tree = message.tree();
        return !tree.path("session_id").isTextual()
                && !tree.path("parent_tool_use_id").isTextual()
                && !tree.has("tool_use_result")
                && !tree.path("isSynthetic").asBoolean()
                && !tree.path("isReplay").asBoolean();
    }

    /// The turn has ended, or messages may have been missed.
    ///
    /// @return the prompt, if nothing happened
    Optional<Message> finish() {
        Optional<Message> unbegun = Optional.ofNullable(prompt);
        prompt = null;
        running = false;
        return unbegun;
    }
}
