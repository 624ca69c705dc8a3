package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.wire.MessagesApi.SseEvent;
import dev.oriel.message.BlockType;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates the agent's messages. They have the JSON shapes of CLI 2.1.332. Immutable.
///
/// @param conversation the agent's id of the conversation, `session_id`
/// @param parent id of the `Agent` call whose subagent emits the messages; null for the agent
/// @param subagent the subagent's `agent_id`; null for the agent
public record TurnMessages(UUID conversation, @Nullable String parent, @Nullable String subagent) {
    private static final byte[] EVENT_START =
            "{\"type\":\"stream_event\",\"event\":".getBytes(StandardCharsets.UTF_8);

    /// Those of an agent.
    public TurnMessages(UUID conversation) {
        this(conversation, null, null);
    }

    /// Those of a subagent.
    public TurnMessages ofSubagent(String toolUseId, String agentId) {
        return new TurnMessages(conversation, toolUseId, agentId);
    }

    /// A message with the members that all have.
    public ObjectNode line(String type) {
        return Json.object()
                .put("type", type)
                .put("session_id", conversation.toString())
                .put("uuid", UUID.randomUUID().toString());
    }

    public ObjectNode system(String subtype) {
        return line(MessageType.SYSTEM).put("subtype", subtype);
    }

    /// `system/status`.
    ///
    /// @param status `requesting` or `compacting`; null for none
    public Message status(@Nullable String status) {
        return Message.of(system(SystemSubtype.STATUS).put("status", status));
    }

    /// `system/status` after a change of the permission mode.
    public Message permissionMode(String mode) {
        return Message.of(
                system(SystemSubtype.STATUS).putNull("status").put("permissionMode", mode));
    }

    /// @param state `running`, `requires_action` or `idle`
    public Message state(String state) {
        return Message.of(system(SystemSubtype.SESSION_STATE_CHANGED).put("state", state));
    }

    /// A notice for the user.
    ///
    /// @param level `info` or `warning`
    public Message informational(String text, String level) {
        return Message.of(
                system(SystemSubtype.INFORMATIONAL).put("content", text).put("level", level));
    }

    /// Before the wait that precedes another attempt of a request.
    ///
    /// @param status HTTP status; 0 without a response
    public Message retry(int attempt, int maximum, Duration delay, int status, String error) {
        ObjectNode line =
                system(SystemSubtype.API_RETRY)
                        .put("attempt", attempt)
                        .put("max_retries", maximum)
                        .put("retry_delay_ms", delay.toMillis());
        if (status > 0) {
            line.put("error_status", status);
        }
        return Message.of(line.put("error", error));
    }

    /// A `stream_event` with an event of the API, byte for byte.
    ///
    /// @param timeToFirst milliseconds from the request to this event; negative to leave it out
    public Message event(SseEvent event, long timeToFirst) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.json().length + 200);
        bytes.writeBytes(EVENT_START);
        bytes.writeBytes(event.json());
        String rest =
                ",\"session_id\":\""
                        + conversation
                        + "\",\"parent_tool_use_id\":null,\"uuid\":\""
                        + UUID.randomUUID()
                        + (timeToFirst < 0 ? "\"}" : "\",\"ttft_ms\":" + timeToFirst + "}");
        bytes.writeBytes(rest.getBytes(StandardCharsets.UTF_8));
        try {
            return Message.parse(bytes.toByteArray());
        } catch (MalformedMessageException e) {
            // The reader of the stream has checked that the event is a JSON object.
            throw new IllegalStateException("not a stream event", e);
        }
    }

    /// An event that the API did not send, for the end of a response that was cut.
    public Message event(ObjectNode event) {
        ObjectNode line = line(MessageType.STREAM_EVENT);
        line.set("event", event);
        return Message.of(line.putNull("parent_tool_use_id"));
    }

    /// An `assistant` message with one complete content block.
    public ObjectNode assistant(
            String messageId, String model, JsonNode block, JsonNode usage, String requestId) {
        ObjectNode line = line(MessageType.ASSISTANT);
        ObjectNode message =
                line.putObject("message")
                        .put("id", messageId)
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", model);
        message.putArray("content").add(block);
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", usage);
        withParent(line);
        return requestId.isEmpty() ? line : line.put("request_id", requestId);
    }

    /// An `assistant` message that no model has written.
    public ObjectNode synthetic(ObjectNode block) {
        ObjectNode line =
                assistant(UUID.randomUUID().toString(), "<synthetic>", block, usage(), "");
        ((ObjectNode) line.path("message")).put("stop_reason", "end_turn");
        return line;
    }

    /// The `assistant` message that reports an error of the API.
    ///
    /// @param error the CLI's name of the error, for example `authentication_failed`
    /// @param status HTTP status; 0 without a response
    public Message apiError(String text, String error, int status) {
        ObjectNode block = Json.object().put("type", BlockType.TEXT).put("text", text);
        ObjectNode line = synthetic(block).put("error", error).put("is_api_error_message", true);
        ((ObjectNode) line.path("message")).put("stop_reason", "stop_sequence");
        return Message.of(status > 0 ? line.put("api_error_status", status) : line);
    }

    /// A `user` message with one block.
    public ObjectNode user(ObjectNode block) {
        ObjectNode line = line(MessageType.USER);
        line.putObject("message").put("role", "user").putArray("content").add(block);
        return withParent(line);
    }

    private ObjectNode withParent(ObjectNode line) {
        line.put("parent_tool_use_id", parent).put("timestamp", Instant.now().toString());
        return subagent == null ? line : line.put("agent_id", subagent);
    }

    /// A `user` message with a text.
    public ObjectNode userText(String text) {
        return user(Json.object().put("type", BlockType.TEXT).put("text", text));
    }

    /// A text that the model must see and the user has not written.
    public Message synthetic(String text) {
        return Message.of(userText(text).put("isSynthetic", true));
    }

    /// An ask: `can_use_tool` unless the request names another subtype.
    public Message ask(String requestId, ObjectNode request) {
        ObjectNode line =
                Json.object().put("type", MessageType.CONTROL_REQUEST).put("request_id", requestId);
        if (!request.has("subtype")) {
            request.put("subtype", ControlSubtype.CAN_USE_TOOL);
        }
        line.set("request", request);
        return Message.of(line);
    }

    /// Withdraws an ask.
    public Message withdrawn(String requestId) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.CONTROL_CANCEL_REQUEST)
                        .put("request_id", requestId));
    }

    /// @param state `queued`, `started`, `completed` or `cancelled`
    public Message lifecycle(String promptUuid, String state) {
        return Message.of(
                line(MessageType.COMMAND_LIFECYCLE)
                        .put("command_uuid", promptUuid)
                        .put("state", state));
    }

    /// A `usage` object without tokens.
    public static ObjectNode usage() {
        return Json.object()
                .put("input_tokens", 0)
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", 0);
    }
}
