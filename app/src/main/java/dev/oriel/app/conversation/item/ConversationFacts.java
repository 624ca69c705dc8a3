package dev.oriel.app.conversation.item;

import org.jspecify.annotations.Nullable;

/// Facts about a conversation besides its items.
///
/// @param model the agent's name of the model; null before the first answer
/// @param permissionMode null until the agent reports it
/// @param costUsd of the whole conversation, as far as known
/// @param contextTokens in the model's context after its last answer; 0 before
/// @param contextWindow tokens that fit into the context; 0 if unknown
public record ConversationFacts(
        Activity activity,
        @Nullable String model,
        @Nullable String permissionMode,
        double costUsd,
        long contextTokens,
        long contextWindow) {
    public static ConversationFacts none() {
        return new ConversationFacts(new Activity.Idle(), null, null, 0, 0, 0);
    }
}
