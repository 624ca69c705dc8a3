package dev.oriel.testing.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Creates messages in the CLI's stream-json format, each journaled one with the next `seq`.
///
/// One second passes from one journaled message to the next.
public final class SampleFrames {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final List<Message> frames = new ArrayList<>();
    private long seq;
    private double cost;

    /// The messages created since the last call.
    public List<Message> take() {
        List<Message> taken = List.copyOf(frames);
        frames.clear();
        return taken;
    }

    public long seq() {
        return seq;
    }

    public SampleFrames prompt(String text) {
        ObjectNode m = Json.object().put("type", "user").put("uuid", "uuid-" + (seq + 1));
        m.putObject("message").put("role", "user").put("content", text);
        return journaled(m);
    }

    public SampleFrames text(String messageId, String text) {
        ObjectNode block = Json.object().put("type", "text").put("text", text);
        return assistant(messageId, block);
    }

    public SampleFrames thinking(String messageId, String text) {
        return assistant(messageId, Json.object().put("type", "thinking").put("thinking", text));
    }

    /// @param input JSON
    public SampleFrames toolUse(String messageId, String toolId, String name, String input) {
        ObjectNode block =
                Json.object().put("type", "tool_use").put("id", toolId).put("name", name);
        block.set("input", json(input));
        return assistant(messageId, block);
    }

    public SampleFrames assistant(String messageId, JsonNode block) {
        ObjectNode m = Json.object().put("type", "assistant");
        ObjectNode message = m.putObject("message").put("id", messageId).put("role", "assistant");
        message.put("model", "claude-opus-5-5").putArray("content").add(block);
        message.putObject("usage").put("input_tokens", 1200).put("output_tokens", 80);
        m.putNull("parent_tool_use_id");
        return journaled(m);
    }

    public SampleFrames toolResult(String toolId, String text, boolean error) {
        return toolResult(toolId, text, error, "{}");
    }

    /// @param more further members of the enclosing message, as JSON
    public SampleFrames toolResult(String toolId, String text, boolean error, String more) {
        ObjectNode m = Json.object().put("type", "user");
        ArrayNode content = m.putObject("message").put("role", "user").putArray("content");
        content.addObject()
                .put("tool_use_id", toolId)
                .put("type", "tool_result")
                .put("content", text)
                .put("is_error", error);
        m.setAll((ObjectNode) json(more));
        return journaled(m);
    }

    public SampleFrames result(long durationMs) {
        cost += 0.0125;
        ObjectNode m = Json.object().put("type", "result").put("subtype", "success");
        m.put("is_error", false).put("duration_ms", durationMs).put("num_turns", 1);
        m.put("total_cost_usd", cost).put("terminal_reason", "completed");
        m.putObject("usage").put("input_tokens", 12_300).put("output_tokens", 420);
        return journaled(m);
    }

    /// Adds a complete journaled message from JSON, with `seq` and `timestamp`.
    public SampleFrames journaled(String json) {
        return journaled((ObjectNode) json(json));
    }

    /// Adds a live message from JSON unchanged.
    public SampleFrames live(String json) {
        frames.add(Message.of(json(json)));
        return this;
    }

    public SampleFrames messageStart(String messageId) {
        return live(
                ("{\"type\":\"stream_event\",\"event\":{\"type\":\"message_start\","
                                + "\"message\":{\"id\":\"%s\",\"content\":[]}}}")
                        .formatted(messageId));
    }

    public SampleFrames blockStart(int index, String type) {
        return live(
                ("{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_start\","
                                + "\"index\":%d,\"content_block\":{\"type\":\"%s\"}}}")
                        .formatted(index, type));
    }

    public SampleFrames delta(int index, String text) {
        ObjectNode m = Json.object().put("type", "stream_event");
        ObjectNode event =
                m.putObject("event").put("type", "content_block_delta").put("index", index);
        event.putObject("delta").put("type", "text_delta").put("text", text);
        frames.add(Message.of(m));
        return this;
    }

    private SampleFrames journaled(ObjectNode message) {
        seq++;
        if (!message.has("timestamp")) {
            message.put("timestamp", START.plusSeconds(seq).toString());
        }
        try {
            frames.add(Message.parse(Message.of(message).withSeq(seq)));
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new AssertionError("the test wrote bad JSON: " + text, e);
        }
    }
}
