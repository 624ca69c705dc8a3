package dev.oriel.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/// Builds and checks `user` messages.
///
/// The CLI exits on a user message whose role is not `user`, and hangs on one whose content is a
/// number (seen with 2.1.329), so every message is checked before it is sent to the CLI.
public final class UserMessages {
    private UserMessages() {}

    /// Builds a prompt of plain text.
    ///
    /// @param uuid of the prompt
    /// @param text of the user
    /// @return the message
    public static Message prompt(UUID uuid, String text) {
        return prompt(uuid, Json.mapper().getNodeFactory().textNode(text));
    }

    /// Builds a prompt.
    ///
    /// @param uuid of the prompt
    /// @param content a string, or an array of valid content blocks
    /// @return the message
    public static Message prompt(UUID uuid, JsonNode content) {
        ObjectNode user = Json.object();
        user.put("type", MessageType.USER).put("uuid", uuid.toString());
        user.putObject("message").put("role", "user").set("content", content);
        user.putNull("parent_tool_use_id");
        return Message.of(user);
    }

    /// The text of a user message, without its other blocks.
    ///
    /// @param user the whole message
    /// @return text blocks are separated by line breaks
    public static String text(JsonNode user) {
        JsonNode content = user.path("message").path("content");
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            if (BlockType.TEXT.equals(block.path("type").asText())) {
                text.append(text.isEmpty() ? "" : "\n").append(block.path("text").asText());
            }
        }
        return text.toString();
    }

    /// Checks a user message of a client, and rebuilds it with a `uuid` (a new one if it has none)
    /// and without the members that would control the agent past the session (`priority`,
    /// `shouldQuery`, `isSynthetic`, …).
    ///
    /// @param from the whole message
    /// @return a new message
    /// @throws MalformedMessageException if the CLI would fail on it; the message says why
    public static Message check(ObjectNode from) throws MalformedMessageException {
        if (!MessageType.USER.equals(from.path("type").textValue())) {
            throw new MalformedMessageException("type must be \"user\"");
        }
        if (!(from.get("message") instanceof ObjectNode message)) {
            throw new MalformedMessageException("message must be an object");
        }
        if (!"user".equals(message.path("role").textValue())) {
            throw new MalformedMessageException("message.role must be \"user\"");
        }
        JsonNode content = content(message.path("content"));
        ObjectNode user = Json.object();
        user.put("type", MessageType.USER).put("uuid", uuid(from.get("uuid")).toString());
        user.putObject("message").put("role", "user").set("content", content);
        user.putNull("parent_tool_use_id");
        return Message.of(user);
    }

    private static UUID uuid(JsonNode given) throws MalformedMessageException {
        if (given == null || given.isNull()) {
            return UUID.randomUUID();
        }
        try {
            return UUID.fromString(given.asText());
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("uuid must be a UUID", e);
        }
    }

    private static JsonNode content(JsonNode content) throws MalformedMessageException {
        if (content.isTextual()) {
            if (content.textValue().isBlank()) {
                throw new MalformedMessageException("message.content must not be empty");
            }
            return content;
        }
        if (!content.isArray() || content.isEmpty()) {
            throw new MalformedMessageException(
                    "message.content must be a string or an array of content blocks");
        }
        for (JsonNode block : content) {
            if (!block.isObject() || !block.path("type").isTextual()) {
                throw new MalformedMessageException("every content block must have a type");
            }
            if (BlockType.TEXT.equals(block.path("type").textValue())
                    && !block.path("text").isTextual()) {
                throw new MalformedMessageException("a text block must have a text");
            }
        }
        return content;
    }
}
