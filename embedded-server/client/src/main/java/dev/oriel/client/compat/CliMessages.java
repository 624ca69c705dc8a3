package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import org.jspecify.annotations.Nullable;

/// Messages of the CLI's family, made from what other kinds of server say.
final class CliMessages {
    private CliMessages() {}

    static ObjectNode textBlock(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    static ObjectNode toolUse(String id, String name, JsonNode input) {
        ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        block.set("input", input.isObject() ? input : Json.object());
        return block;
    }

    static ObjectNode toolResult(String of, @Nullable JsonNode content, boolean error) {
        ObjectNode block = Json.object().put("type", "tool_result").put("tool_use_id", of);
        block.set(
                "content", content == null ? Json.mapper().getNodeFactory().textNode("") : content);
        return block.put("is_error", error);
    }

    static Message assistant(String id, ArrayNode content) {
        ObjectNode message = Json.object().put("type", "assistant");
        message.putObject("message").put("id", id).put("role", "assistant").set("content", content);
        message.putNull("parent_tool_use_id");
        return Message.of(message);
    }

    static Message assistant(String id, ObjectNode block) {
        return assistant(id, Json.mapper().createArrayNode().add(block));
    }

    /// What the agent's tools gave, as the CLI says it.
    static Message results(ArrayNode blocks) {
        ObjectNode message = Json.object().put("type", "user");
        message.putObject("message").put("role", "user").set("content", blocks);
        message.putNull("parent_tool_use_id");
        return Message.of(message);
    }

    static Message requesting() {
        return Message.of(
                Json.object()
                        .put("type", "system")
                        .put("subtype", "status")
                        .put("status", "requesting"));
    }

    /// The end of a turn about which nothing more is known.
    static Message done() {
        return Message.of(
                Json.object()
                        .put("type", "result")
                        .put("subtype", "success")
                        .put("is_error", false));
    }

    static Message failed(String why) {
        ObjectNode result =
                Json.object()
                        .put("type", "result")
                        .put("subtype", "error_during_execution")
                        .put("is_error", true)
                        .put("result", why);
        result.putArray("errors").add(why);
        return Message.of(result);
    }

    static Message interrupted() {
        return Message.of(
                Json.object()
                        .put("type", "result")
                        .put("subtype", "error_during_execution")
                        .put("is_error", true)
                        .put("terminal_reason", "aborted_streaming"));
    }

    static Message notice(String level, String text) {
        return Message.of(
                Json.object()
                        .put("type", "system")
                        .put("subtype", "informational")
                        .put("level", level)
                        .put("content", text));
    }

    /// A message that another server passes on from its CLI.
    ///
    /// @return null if it is none, or one that only Oriel itself, or a host of a CLI, may send
    static @Nullable Message foreign(JsonNode object) {
        if (!object.isObject()) {
            return null;
        }
        try {
            Message message = Message.parse(Json.encode(object));
            String subtype = String.valueOf(message.subtype());
            boolean own = message.is("system") && subtype.startsWith("oriel_");
            return own || message.type().startsWith("control_") || message.is("error")
                    ? null
                    : message;
        } catch (MalformedMessageException _) {
            return null;
        }
    }
}
