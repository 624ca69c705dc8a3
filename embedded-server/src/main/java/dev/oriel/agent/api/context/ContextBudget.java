package dev.oriel.agent.api.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.history.History;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.message.Json;
import java.util.List;

/// How much of a model's context window a conversation may fill. Pure.
public final class ContextBudget {
    /// Kept free for what the estimate misses, and for the request that makes the summary.
    private static final int RESERVE = 13_000;

    private static final double MOST = 0.92;

    /// Models with a small window, or with much room for output, would otherwise have no budget.
    private static final double LEAST = 0.5;

    private static final double CHARS_PER_TOKEN = 3.5;

    private ContextBudget() {}

    /// The number of input tokens from which on the conversation is summarized.
    ///
    /// @param window of the model, in tokens
    /// @param maxOutput of a response, in tokens
    public static int threshold(int window, int maxOutput) {
        int most = (int) (window * MOST);
        int least = (int) (window * LEAST);
        return Math.max(least, Math.min(most, window - maxOutput - RESERVE));
    }

    static int threshold(TurnSettings settings) {
        return threshold(settings.model().contextWindow(), settings.maxTokens());
    }

    /// The estimated input tokens of the next request.
    static int used(TurnSettings settings, History history) {
        // What the API has counted includes the system prompt and the tools.
        return history.estimatedTokens() + (history.isCounted() ? 0 : fixed(settings));
    }

    /// The tokens that each request has besides the conversation.
    static int fixed(TurnSettings settings) {
        return tokens(settings.system()) + tokens(settings.tools().definitions());
    }

    static int tokens(List<ObjectNode> blocks) {
        return blocks.stream().mapToInt(ContextBudget::tokens).sum();
    }

    static int tokens(JsonNode json) {
        return tokens(Json.encode(json).length);
    }

    static int tokens(int chars) {
        return (int) Math.ceil(chars / CHARS_PER_TOKEN);
    }
}
