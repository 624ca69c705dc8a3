package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.ResultSubtype;
import dev.oriel.message.SystemSubtype;
import org.jspecify.annotations.Nullable;

/// Builds messages of the CLI's family from what other kinds of server send.
public final class CliMessages {
    /// The `terminal_reason` of a turn that the user interrupted.
    static final String ABORTED = "aborted_streaming";

    private CliMessages() {}

    static ObjectNode textBlock(String text) {
        return Json.object().put("type", BlockType.TEXT).put("text", text);
    }

    static ObjectNode toolUse(String id, String name, JsonNode input) {
        ObjectNode block =
                Json.object().put("type", BlockType.TOOL_USE).put("id", id).put("name", name);
        block.set("input", input.isObject() ? input : Json.object());
        return block;
    }

    /// @param content null for an empty text
    static ObjectNode toolResult(String toolUseId, @Nullable JsonNode content, boolean error) {
        ObjectNode block =
                Json.object().put("type", BlockType.TOOL_RESULT).put("tool_use_id", toolUseId);
        block.set(
                "content", content == null ? Json.mapper().getNodeFactory().textNode("") : content);
        return block.put("is_error", error);
    }

    /// An `assistant` message with one block.
    static Message assistant(String id, ObjectNode block) {
        return assistant(id, Json.mapper().createArrayNode().add(block));
    }

    /// An `assistant` message.
    static Message assistant(String id, ArrayNode content) {
        ObjectNode message = Json.object().put("type", MessageType.ASSISTANT);
        message.putObject("message").put("id", id).put("role", "assistant").set("content", content);
        message.putNull("parent_tool_use_id");
        return Message.of(message);
    }

    /// A `user` message with the results of tools.
    static Message toolResults(ArrayNode blocks) {
        ObjectNode message = Json.object().put("type", MessageType.USER);
        message.putObject("message").put("role", "user").set("content", blocks);
        message.putNull("parent_tool_use_id");
        return Message.of(message);
    }

    /// The agent waits for the model.
    static Message requesting() {
        return Message.of(
                Json.object()
                        .put("type", MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.STATUS)
                        .put("status", "requesting"));
    }

    /// The end of a turn about which nothing more is known.
    static Message done() {
        return Message.of(
                Json.object()
                        .put("type", MessageType.RESULT)
                        .put("subtype", ResultSubtype.SUCCESS)
                        .put("is_error", false));
    }

    /// The end of a turn that failed.
    static Message failed(String cause) {
        ObjectNode result = errorResult().put("result", cause);
        result.putArray("errors").add(cause);
        return Message.of(result);
    }

    /// The end of a turn that the user interrupted.
    static Message interrupted() {
        return Message.of(errorResult().put("terminal_reason", ABORTED));
    }

    private static ObjectNode errorResult() {
        return Json.object()
                .put("type", MessageType.RESULT)
                .put("subtype", ResultSubtype.ERROR_DURING_EXECUTION)
                .put("is_error", true);
    }

    /// A text of the server that belongs to the conversation.
    static Message notice(String level, String text) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.INFORMATIONAL)
                        .put("level", level)
                        .put("content", text));
    }

    /// A text that does not belong to the conversation, as Oriel's own server sends it.
    public static Message problem(String text) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.ORIEL_NOTICE)
                        .put("level", "error")
                        .put("text", text));
    }

    /// A message that a server passes on from its CLI, without the `seq` that it may have: the
    /// client numbers the messages itself.
    ///
    /// @return null if it is no message, or one that only Oriel itself or the host of a CLI may
    ///   send
    static @Nullable Message fromServer(JsonNode object) {
        if (!object.isObject()) {
            return null;
        }
        try {
            Message message = Message.parse(Json.encode(object));
            String subtype = String.valueOf(message.subtype());
            boolean oriels =
                    message.is(MessageType.SYSTEM)
                            && subtype.startsWith(SystemSubtype.ORIEL_PREFIX);
            return oriels || message.type().startsWith("control_") || message.is(MessageType.ERROR)
                    ? null
                    : message.withoutSeq();
        } catch (MalformedMessageException _) {
            return null;
        }
    }
}
