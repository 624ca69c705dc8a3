package dev.oriel.app.usage;

import dev.oriel.app.conversation.item.ConversationFacts;
import java.util.Locale;

/// How much of the model's context is used.
///
/// @param tokens in the context after the last answer; 0 if unknown
/// @param window tokens that fit into it; 0 if unknown
public record ContextUse(long tokens, long window) {
    public static final ContextUse UNKNOWN = new ContextUse(0, 0);

    /// How near the end is.
    public enum Level {
        NORMAL,
        /// At least 80 % are used.
        HIGH,
        /// At least 95 % are used.
        FULL
    }

    /// The use that a conversation's messages report.
    public static ContextUse from(ConversationFacts facts) {
        return new ContextUse(
                Math.max(0, facts.contextTokens()), Math.max(0, facts.contextWindow()));
    }

    public boolean isKnown() {
        return tokens > 0;
    }

    /// The used share, 0 to 1; 0 if unknown.
    public double share() {
        return window <= 0 ? 0 : Math.min(1, (double) tokens / window);
    }

    /// The used share in percent, 0 to 100. It is rounded down, so that a full context is full.
    public int percent() {
        return (int) (share() * 100);
    }

    public Level level() {
        return percent() >= 95 ? Level.FULL : percent() >= 80 ? Level.HIGH : Level.NORMAL;
    }

    /// A word for the level; empty for [Level#NORMAL].
    public String warning() {
        return switch (level()) {
            case NORMAL -> "";
            case HIGH -> "filling up";
            case FULL -> "almost full";
        };
    }

    /// The share in a few characters; the number of tokens if the size of the context is unknown.
    public String shortText() {
        return window > 0 ? percent() + " %" : compact(tokens);
    }

    /// The numbers in words.
    public String longText() {
        return window > 0
                ? "%,d of %,d tokens, %d %%".formatted(tokens, window, percent())
                : "%,d tokens".formatted(tokens);
    }

    /// A number of tokens in a few characters, such as "45k".
    public static String compact(long tokens) {
        if (tokens < 1_000) {
            return Long.toString(tokens);
        }
        if (tokens < 10_000) {
            return String.format(Locale.ROOT, "%.1fk", Math.floor(tokens / 100.0) / 10);
        }
        return tokens < 1_000_000
                ? tokens / 1_000 + "k"
                : String.format(Locale.ROOT, "%.1fM", Math.floor(tokens / 100_000.0) / 10);
    }
}
