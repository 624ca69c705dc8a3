package dev.oriel.session.state;

import com.fasterxml.jackson.databind.JsonNode;

/// Which part of an agent's total cost its last turn has. A `result` has the tokens of the turn
/// (`usage`) and those of everything that its total counts (`modelUsage`), but the cost of the turn
/// only as part of that total.
final class TurnShare {
    // What a token costs in relation to an input token: the same for all models of the price list.
    private static final double OUTPUT = 5;
    private static final double CACHE_READ = 0.1;
    private static final double CACHE_WRITE = 1.25;

    private TurnShare() {}

    /// @return from 0 to 1; 1 if the result does not tell
    static double of(JsonNode result) {
        JsonNode usage = result.path("usage");
        double turn =
                weight(
                        usage.path("input_tokens"),
                        usage.path("output_tokens"),
                        usage.path("cache_read_input_tokens"),
                        usage.path("cache_creation_input_tokens"));
        double all = 0;
        for (JsonNode model : result.path("modelUsage")) {
            all +=
                    weight(
                            model.path("inputTokens"),
                            model.path("outputTokens"),
                            model.path("cacheReadInputTokens"),
                            model.path("cacheCreationInputTokens"));
        }
        return all > turn ? turn / all : 1;
    }

    private static double weight(
            JsonNode input, JsonNode output, JsonNode cacheRead, JsonNode cacheWrite) {
        return tokens(input)
                + OUTPUT * tokens(output)
                + CACHE_READ * tokens(cacheRead)
                + CACHE_WRITE * tokens(cacheWrite);
    }

    private static double tokens(JsonNode count) {
        return Math.max(0, count.asDouble(0));
    }
}
