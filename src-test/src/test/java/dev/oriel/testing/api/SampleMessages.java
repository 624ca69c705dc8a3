package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.UUID;

/// Messages of an agent as they are in the journal.
public final class SampleMessages {
    private SampleMessages() {}

    public static Message prompt(String text) {
        return user(block("text").put("text", text));
    }

    /// A message of the user, or results of tools.
    public static Message user(ObjectNode... blocks) {
        return Message.of(userJson(blocks));
    }

    public static ObjectNode userJson(ObjectNode... blocks) {
        ObjectNode message = base("user");
        ArrayNode content = message.putObject("message").put("role", "user").putArray("content");
        content.addAll(java.util.List.of(blocks));
        return message;
    }

    /// Blocks of the response with an id.
    public static Message assistant(String id, ObjectNode... blocks) {
        return Message.of(assistantJson(id, blocks));
    }

    public static ObjectNode assistantJson(String id, ObjectNode... blocks) {
        ObjectNode message = base("assistant");
        ObjectNode answer = message.putObject("message").put("id", id).put("role", "assistant");
        answer.put("model", "claude-test").putArray("content").addAll(java.util.List.of(blocks));
        return message;
    }

    private static ObjectNode base(String type) {
        ObjectNode message = Json.object().put("type", type);
        message.putNull("parent_tool_use_id").put("uuid", UUID.randomUUID().toString());
        return message;
    }

    public static ObjectNode block(String type) {
        return Json.object().put("type", type);
    }

    public static ObjectNode text(String text) {
        return block("text").put("text", text);
    }

    public static ObjectNode thinking(String text, String signature) {
        return block("thinking").put("thinking", text).put("signature", signature);
    }

    public static ObjectNode call(String id, String name) {
        ObjectNode call = block("tool_use").put("id", id).put("name", name);
        call.putObject("input").put("file_path", "/a");
        return call;
    }

    public static ObjectNode result(String id, String text) {
        return block("tool_result").put("tool_use_id", id).put("content", text);
    }

    public static ObjectNode image(int bytes) {
        ObjectNode image = block("image");
        image.putObject("source")
                .put("type", "base64")
                .put("media_type", "image/png")
                .put("data", "A".repeat(bytes));
        return image;
    }

    public static Message system(String subtype) {
        return Message.of(Json.object().put("type", "system").put("subtype", subtype));
    }

    /// The `init` of a turn.
    ///
    /// @param account the account's id
    public static Message init(String model, String account) {
        ObjectNode init = Json.object().put("type", "system").put("subtype", "init");
        init.put("model", model).putObject("oriel_account").put("id", account);
        return Message.of(init);
    }

    /// The end of what was summarized.
    ///
    /// @param preserved messages that are kept besides the summary
    public static Message boundary(Message... preserved) {
        ObjectNode message = Json.object().put("type", "system").put("subtype", "compact_boundary");
        ArrayNode uuids =
                message.putObject("compact_metadata")
                        .putObject("preserved_messages")
                        .putArray("uuids");
        for (Message m : preserved) {
            uuids.add(m.uuid());
        }
        return Message.of(message);
    }

    public static Message summary(String text) {
        return Message.of(
                userJson(text(text)).put("isSynthetic", true).put("isCompactSummary", true));
    }

    /// Encoded messages as one array.
    public static ArrayNode parsed(Iterable<byte[]> messages) {
        ArrayNode all = Json.mapper().createArrayNode();
        for (byte[] m : messages) {
            all.add(parse(m));
        }
        return all;
    }

    private static JsonNode parse(byte[] json) {
        try {
            return Json.parseObject(json);
        } catch (dev.oriel.message.MalformedMessageException e) {
            throw new AssertionError("not JSON", e);
        }
    }
}
