package dev.oriel.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/// `user` messages: what a client may send, and what the CLI survives.
///
/// The CLI exits on a user message whose role is not `user`, and hangs on one whose content is a
/// number (seen with 2.1.329), so nothing reaches it unchecked.
public final class UserMessages {
    private UserMessages() {}

    /// A prompt of plain text.
    public static Message prompt(UUID uuid, String text) {
        return prompt(uuid, Json.mapper().getNodeFactory().textNode(text));
    }

    /// A prompt of plain text, or of content blocks that are known to be right.
    public static Message prompt(UUID uuid, JsonNode content) {
        ObjectNode user = Json.object();
        user.put("type", "user").put("uuid", uuid.toString());
        user.putObject("message").put("role", "user").set("content", content);
        user.putNull("parent_tool_use_id");
        return Message.of(user);
    }

    /// What a person wrote: the text of a user message, without what else its blocks hold.
    public static String text(JsonNode user) {
        JsonNode content = user.path("message").path("content");
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            if ("text".equals(block.path("type").asText())) {
                text.append(text.isEmpty() ? "" : "\n").append(block.path("text").asText());
            }
        }
        return text.toString();
    }

    /// Checks a user message from outside and returns it with what every one must have: a `uuid` (a
    /// new one if it has none) and nothing that steers the agent behind the session's back
    /// (`priority`, `shouldQuery`, `isSynthetic`, …).
    ///
    /// @throws MalformedMessageException if the CLI would choke on it; the message says on what
    public static Message check(ObjectNode from) throws MalformedMessageException {
        if (!"user".equals(from.path("type").textValue())) {
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
        user.put("type", "user").put("uuid", uuid(from.get("uuid")).toString());
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
            if ("text".equals(block.path("type").textValue()) && !block.path("text").isTextual()) {
                throw new MalformedMessageException("a text block must have a text");
            }
        }
        return content;
    }
}
