package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Creates the frames of a turn's answer, in the form that clients of the session's
/// [ClientGeneration] expect.
///
/// Each part of an answer has a `message_id`; a new one starts after each tool use. Clients of the
/// second generation expect the part's whole text again in the last frame. Those of the first would
/// show it twice.
///
/// Confined to the session's lane.
final class AnswerFrames {
    /// Clients of the second generation append text after a tool use to the same paragraph.
    private static final String NEW_PARAGRAPH = "\n\n";

    private final UUID session;
    private final ClientGeneration generation;
    private final StringBuilder text = new StringBuilder();
    private UUID messageId = UUID.randomUUID();
    private boolean textSent;

    AnswerFrames(UUID session, ClientGeneration generation) {
        this.session = session;
        this.generation = generation;
    }

    void start() {
        textSent = false;
        next();
    }

    private void next() {
        messageId = UUID.randomUUID();
        text.setLength(0);
    }

    /// Whether the turn's answer has text so far.
    boolean hasText() {
        return textSent;
    }

    /// Frames for an `assistant` message; none if it has no content for the client.
    List<ObjectNode> from(JsonNode assistant) {
        // Text of a subagent is not part of the answer; its tool uses are reported.
        boolean ofSubagent = assistant.path("parent_tool_use_id").isTextual();
        return generation == ClientGeneration.THIRD
                ? whole(assistant, ofSubagent)
                : parts(assistant, ofSubagent);
    }

    private List<ObjectNode> parts(JsonNode assistant, boolean ofSubagent) {
        List<ObjectNode> out = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (JsonNode block : assistant.path("message").path("content")) {
            switch (block.path("type").asText()) {
                case BlockType.TEXT -> {
                    if (!ofSubagent) {
                        part.append(block.path("text").asText());
                    }
                }
                case BlockType.TOOL_USE -> {
                    part(part, out);
                    if (generation == ClientGeneration.SECOND && !text.isEmpty()) {
                        out.add(ManagerFrames.message(session, NEW_PARAGRAPH, false, messageId));
                    }
                    next();
                    out.add(ManagerFrames.toolUse(session, block));
                }
                default -> {
                    // Thinking and unknown blocks have no frame.
                }
            }
        }
        part(part, out);
        return out;
    }

    private void part(StringBuilder part, List<ObjectNode> out) {
        if (!part.isEmpty()) {
            out.add(ManagerFrames.message(session, part.toString(), false, messageId));
            text.append(part);
            textSent = true;
            part.setLength(0);
        }
    }

    private List<ObjectNode> whole(JsonNode assistant, boolean ofSubagent) {
        List<ObjectNode> out = new ArrayList<>();
        ArrayNode texts = Json.mapper().createArrayNode();
        ArrayNode tools = Json.mapper().createArrayNode();
        for (JsonNode block : assistant.path("message").path("content")) {
            switch (block.path("type").asText()) {
                case BlockType.TEXT -> {
                    if (!ofSubagent) {
                        texts.add(block.path("text").asText());
                    }
                }
                case BlockType.TOOL_USE -> {
                    out.add(ManagerFrames.toolUse(session, block));
                    tools.addObject()
                            .put("id", block.path("id").textValue())
                            .put("name", ManagerTool.wireNameOf(block.path("name").asText()))
                            .put("status", "running")
                            .set("input", block.path("input"));
                }
                default -> {
                    // As above.
                }
            }
        }
        if (!texts.isEmpty() || !tools.isEmpty()) {
            textSent |= !texts.isEmpty();
            ObjectNode content = Json.object().put("type", "assistant");
            content.set("text", texts);
            content.set("tools", tools);
            out.add(ManagerFrames.message(session, content));
        }
        return out;
    }

    /// Frames for text that is not in an `assistant` message.
    List<ObjectNode> from(String other) {
        ObjectNode assistant = Json.object();
        assistant
                .putObject("message")
                .putArray("content")
                .addObject()
                .put("type", BlockType.TEXT)
                .put("text", other);
        return other.isEmpty() ? List.of() : from(assistant);
    }

    /// Frames for tool results, which only clients of the third generation receive.
    List<ObjectNode> fromToolResults(JsonNode user) {
        if (generation != ClientGeneration.THIRD || user.path("parent_tool_use_id").isTextual()) {
            return List.of();
        }
        ArrayNode results = Json.mapper().createArrayNode();
        for (JsonNode block : user.path("message").path("content")) {
            if (BlockType.TOOL_RESULT.equals(block.path("type").asText())) {
                results.addObject()
                        .put("tool_use_id", block.path("tool_use_id").textValue())
                        .put("is_error", block.path("is_error").asBoolean())
                        .put("status", "completed")
                        .set("content", block.path("content"));
            }
        }
        if (results.isEmpty()) {
            return List.of();
        }
        ObjectNode content = Json.object().put("type", "user");
        content.set("content", user.path("message").path("content"));
        content.set("tool_results", results);
        return List.of(ManagerFrames.message(session, content));
    }

    /// The last frame of a turn.
    ///
    /// @param result the agent's `result`
    ObjectNode endFrame(JsonNode result) {
        return switch (generation) {
            case FIRST -> ManagerFrames.end(session);
            case SECOND -> ManagerFrames.message(session, text.toString(), true, messageId);
            case THIRD -> {
                boolean failed = result.path("is_error").asBoolean();
                ObjectNode content = Json.object().put("type", "result").put("success", !failed);
                content.put("num_turns", result.path("num_turns").asInt());
                content.put("duration_ms", result.path("duration_ms").asLong());
                content.put("is_error", failed);
                if (result.path("total_cost_usd").isNumber()) {
                    content.set("cost_usd", result.get("total_cost_usd"));
                }
                if (result.path("usage").isObject()) {
                    content.set("usage", result.get("usage"));
                }
                yield ManagerFrames.message(session, content);
            }
        };
    }
}
