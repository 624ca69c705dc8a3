package dev.oriel.session.api;

import org.jspecify.annotations.Nullable;

/// How much the agents of a session think, as clients have chosen it. Immutable.
///
/// @param effort such as `high`; null for the agent's default
/// @param maxTokens maximum number of thinking tokens per response, for models without effort
///   levels; null for the agent's default
public record ThinkingSettings(@Nullable String effort, @Nullable Integer maxTokens) {
    /// The agent's defaults.
    public static final ThinkingSettings DEFAULT = new ThinkingSettings(null, null);
}
