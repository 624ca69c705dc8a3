package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.BlockType;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Creates the demo's messages. They have the JSON shapes of CLI 2.1.329.
///
/// @param conversation the agent's own id of the conversation
/// @param cwd the session's folder
record DemoMessages(UUID conversation, Path cwd) {
    /// The demo's name as a model.
    static final String MODEL = "demo";

    private static final List<String> TOOLS =
            List.of("AskUserQuestion", "Bash", "Edit", "Read", "TodoWrite");

    Message init(String model, String permissionMode) {
        ObjectNode line =
                line(MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.INIT)
                        .put("cwd", cwd.toString());
        var tools = line.putArray("tools");
        TOOLS.forEach(tools::add);
        line.putArray("mcp_servers");
        line.put("model", model).put("permissionMode", permissionMode);
        line.putArray("slash_commands");
        line.put("apiKeySource", "none").put("output_style", "default");
        line.putArray("agents");
        line.putArray("skills");
        line.putArray("plugins");
        line.putArray("capabilities").add("interrupt_receipt_v1");
        return Message.of(line);
    }

    Message requesting() {
        return Message.of(
                line(MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.STATUS)
                        .put("status", "requesting"));
    }

    Message permissionMode(String mode) {
        ObjectNode line =
                line(MessageType.SYSTEM).put("subtype", SystemSubtype.STATUS).putNull("status");
        return Message.of(line.put("permissionMode", mode));
    }

    Message thinkingTokens(int total, int delta) {
        return Message.of(
                line(MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.THINKING_TOKENS)
                        .put("estimated_tokens", total)
                        .put("estimated_tokens_delta", delta));
    }

    Message event(ObjectNode event) {
        ObjectNode line = line(MessageType.STREAM_EVENT);
        line.set("event", event);
        return Message.of(line.putNull("parent_tool_use_id"));
    }

    /// An `assistant` message with one complete content block.
    ObjectNode assistant(String messageId, ObjectNode block) {
        ObjectNode line = line(MessageType.ASSISTANT);
        ObjectNode message =
                line.putObject("message")
                        .put("id", messageId)
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", MODEL);
        message.putArray("content").add(block);
        message.putNull("stop_reason");
        message.set("usage", usage());
        return line.putNull("parent_tool_use_id").put("timestamp", Instant.now().toString());
    }

    Message toolResult(String toolUseId, String content, boolean isError, JsonNode details) {
        ObjectNode line = line(MessageType.USER);
        line.putObject("message")
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("tool_use_id", toolUseId)
                .put("type", BlockType.TOOL_RESULT)
                .put("content", content)
                .put("is_error", isError);
        line.putNull("parent_tool_use_id").put("timestamp", Instant.now().toString());
        line.set("tool_use_result", details);
        return Message.of(line);
    }

    /// The `user` message that the CLI adds to the conversation after an interrupt.
    Message marker(String text) {
        ObjectNode line = line(MessageType.USER);
        line.putObject("message")
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", BlockType.TEXT)
                .put("text", text);
        return Message.of(line.putNull("parent_tool_use_id"));
    }

    Message ask(String requestId, ScriptStep.Tool tool, String toolUseId) {
        ObjectNode request = canUse(tool.name(), tool.input(), toolUseId);
        String rule =
                tool.input().path(tool.name().equals("Bash") ? "command" : "file_path").asText();
        ObjectNode suggestion =
                request.putArray("permission_suggestions").addObject().put("type", "addRules");
        suggestion
                .putArray("rules")
                .addObject()
                .put("toolName", tool.name())
                .put("ruleContent", rule);
        suggestion.put("behavior", "allow").put("destination", "session");
        return request(requestId, request);
    }

    Message question(String requestId, ObjectNode input, String toolUseId) {
        return request(
                requestId,
                canUse("AskUserQuestion", input, toolUseId).put("requires_user_interaction", true));
    }

    Message withdrawn(String requestId) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.CONTROL_CANCEL_REQUEST)
                        .put("request_id", requestId));
    }

    static ObjectNode usage() {
        return Json.object()
                .put("input_tokens", 0)
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", 0);
    }

    ObjectNode line(String type) {
        return Json.object()
                .put("type", type)
                .put("session_id", conversation.toString())
                .put("uuid", UUID.randomUUID().toString());
    }

    private static ObjectNode canUse(String tool, ObjectNode input, String toolUseId) {
        ObjectNode request =
                Json.object()
                        .put("subtype", ControlSubtype.CAN_USE_TOOL)
                        .put("tool_name", tool)
                        .put("display_name", tool)
                        .put("tool_use_id", toolUseId)
                        .put("description", "Only a demo: nothing will be done.");
        request.set("input", input.deepCopy());
        return request;
    }

    private static Message request(String requestId, ObjectNode request) {
        ObjectNode line =
                Json.object().put("type", MessageType.CONTROL_REQUEST).put("request_id", requestId);
        line.set("request", request);
        return Message.of(line);
    }
}
