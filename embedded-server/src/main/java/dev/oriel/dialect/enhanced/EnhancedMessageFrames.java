package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.Notice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.StringJoiner;

/// Converts the agent's messages to frames (wire.md 1.4). Pure.
final class EnhancedMessageFrames {
    /// Decimal places of an amount in US dollars. One token costs about a millionth.
    private static final int DECIMALS = 10;

    private EnhancedMessageFrames() {}

    /// @return empty for messages without a frame in this dialect: deltas, thinking, signs of
    ///   progress
    static Optional<ObjectNode> from(Message message) {
        return switch (message.type()) {
            case MessageType.ASSISTANT, MessageType.USER -> blocks(message);
            case MessageType.SYSTEM -> system(message);
            default -> Optional.empty();
        };
    }

    /// @param cost of this query so far, US dollars
    /// @param total of the connection so far, US dollars
    static ObjectNode result(Message result, double cost, double total) {
        JsonNode tree = result.tree();
        ObjectNode data = Json.object();
        data.set("subtype", tree.path("subtype"));
        data.put("cost_usd", round(cost));
        data.put("duration_ms", tree.path("duration_ms").asLong());
        data.put("session_id", tree.path("session_id").asText());
        data.put("total_cost_usd", round(total));
        data.put("num_turns", tree.path("num_turns").asInt());
        data.set("usage", tree.path("usage").isObject() ? tree.path("usage") : null);
        return EnhancedFrames.withData("result_message", data);
    }

    /// Rounds sums and differences, which binary fractions do not represent exactly.
    private static double round(double sum) {
        return BigDecimal.valueOf(sum).setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue();
    }

    /// The text for an agent that has ended: the sentence of this system's SDK, which clients can
    /// compare.
    static String exitText(AgentExited exited) {
        if (exited.cause() != ExitCause.CRASHED || exited.code() == null) {
            return exited.text();
        }
        StringJoiner words = new StringJoiner("\n", "\nError output: ", "").setEmptyValue("");
        exited.stderrTail().forEach(words::add);
        return "CLI process failed (exit code: " + exited.code() + ")" + words;
    }

    /// Text blocks of a `user` message are input of the agent and have no frame.
    private static Optional<ObjectNode> blocks(Message message) {
        boolean isInput = message.is(MessageType.USER);
        ArrayNode content = Json.mapper().createArrayNode();
        for (JsonNode block : message.tree().path("message").path("content")) {
            switch (block.path("type").asText()) {
                case BlockType.TEXT -> {
                    if (!isInput) {
                        content.addObject().put("type", "text").set("text", block.path("text"));
                    }
                }
                case BlockType.TOOL_USE -> content.add(copy(block, "id", "name", "input"));
                case BlockType.TOOL_RESULT ->
                        content.add(copy(block, "tool_use_id", "content", "is_error"));
                default -> {
                    // Thinking and unknown blocks have no form in this dialect.
                }
            }
        }
        if (content.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode data = Json.object();
        data.set("content", content);
        return Optional.of(EnhancedFrames.withData("assistant_message", data));
    }

    private static ObjectNode copy(JsonNode block, String... members) {
        ObjectNode copy = Json.object();
        copy.set("type", block.path("type"));
        for (String name : members) {
            copy.set(name, block.hasNonNull(name) ? block.path(name) : null);
        }
        return copy;
    }

    private static Optional<ObjectNode> system(Message message) {
        return switch (message.subtype()) {
            // Only signs of progress.
            case SystemSubtype.THINKING_TOKENS, SystemSubtype.SESSION_STATE_CHANGED ->
                    Optional.empty();
            case SystemSubtype.STATUS ->
                    message.tree().path("status").asText().equals("requesting")
                            ? Optional.empty()
                            : systemMessage(message);
            case null, default -> systemMessage(message);
        };
    }

    private static Optional<ObjectNode> systemMessage(Message message) {
        return Optional.of(EnhancedFrames.withData("system_message", message.tree()));
    }

    static ObjectNode notice(Notice notice) {
        return systemNote(notice.level() == Level.ERROR ? "error" : "info", notice.text());
    }

    /// A note of Oriel's own.
    ///
    /// @param subtype `info` or `error`, which clients of this system display
    static ObjectNode systemNote(String subtype, String text) {
        ObjectNode data = Json.object().put("type", "system").put("subtype", subtype);
        return EnhancedFrames.withData("system_message", data.put("message", text));
    }
}
