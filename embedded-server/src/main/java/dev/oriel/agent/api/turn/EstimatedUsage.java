package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.List;

/// The `usage` of a response whose server counts no tokens, as some local ones. Pure.
final class EstimatedUsage {
    private static final double CHARS_PER_TOKEN = 3.5;

    private EstimatedUsage() {}

    /// Whether the server has counted nothing.
    static boolean isMissing(JsonNode usage) {
        return usage.path("input_tokens").asLong() == 0
                && usage.path("cache_creation_input_tokens").asLong() == 0
                && usage.path("cache_read_input_tokens").asLong() == 0
                && usage.path("output_tokens").asLong() == 0;
    }

    /// @param conversation estimated tokens of the messages that were sent
    static ObjectNode of(TurnSettings settings, int conversation, ModelAnswer answer) {
        long output = 0;
        for (ObjectNode block : answer.blocks()) {
            output += block.path("text").asText().length();
            output += block.path("thinking").asText().length();
            output += block.path("input").isObject() ? block.path("input").toString().length() : 0;
        }
        return Json.object()
                .put(
                        "input_tokens",
                        conversation
                                + tokens(size(settings.system()))
                                + tokens(size(settings.tools().definitions())))
                .put("output_tokens", Math.max(1, tokens(output)))
                .put("estimated", true);
    }

    private static long size(List<ObjectNode> trees) {
        return trees.stream().mapToLong(t -> Json.encode(t).length).sum();
    }

    private static int tokens(long chars) {
        return (int) Math.ceil(chars / CHARS_PER_TOKEN);
    }
}
