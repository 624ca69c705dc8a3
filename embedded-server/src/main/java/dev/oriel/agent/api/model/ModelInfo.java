package dev.oriel.agent.api.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model of an account. Immutable.
///
/// @param contextWindow tokens
/// @param maxOutput tokens of one response
/// @param thinking how the model is asked to think
/// @param effortLevels the levels that it takes, lowest first; empty if it has none
/// @param price null if the price is not known
public record ModelInfo(
        String id,
        String displayName,
        String description,
        int contextWindow,
        int maxOutput,
        Thinking thinking,
        List<String> effortLevels,
        @Nullable Price price) {

    public ModelInfo {
        effortLevels = List.copyOf(effortLevels);
    }

    /// How a model is asked to think.
    public enum Thinking {
        NONE,
        /// `{"type":"enabled","budget_tokens":n}`
        BUDGET,
        /// `{"type":"adaptive"}`
        ADAPTIVE
    }

    /// List prices in US dollars per million tokens.
    ///
    /// @param longPrompt the prices of requests with a long prompt; null if they are the same
    public record Price(
            double input,
            double output,
            double cacheWrite5m,
            double cacheWrite1h,
            double cacheRead,
            @Nullable LongPrompt longPrompt) {

        /// The same for prompts of all lengths.
        public Price(
                double input,
                double output,
                double cacheWrite5m,
                double cacheWrite1h,
                double cacheRead) {
            this(input, output, cacheWrite5m, cacheWrite1h, cacheRead, null);
        }

        /// The prices of a request.
        ///
        /// @param prompt its tokens, with those from the cache
        public Price of(long prompt) {
            return longPrompt == null || prompt <= longPrompt.above() ? this : longPrompt.price();
        }
    }

    /// What requests cost whose prompt is longer than a number of tokens.
    public record LongPrompt(int above, Price price) {}
}
