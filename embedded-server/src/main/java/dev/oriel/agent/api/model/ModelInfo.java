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
    public record Price(
            double input,
            double output,
            double cacheWrite5m,
            double cacheWrite1h,
            double cacheRead) {}
}
