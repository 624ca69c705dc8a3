package dev.oriel.app.conversation.item;

import org.jspecify.annotations.Nullable;

/// What there is to know about a conversation beside its items.
///
/// @param model as the agent names it; null before the first answer
/// @param permissionMode null before the agent says it
/// @param costUsd of the whole conversation, as far as known
/// @param contextTokens in the model's context after its last answer; 0 before
/// @param contextWindow tokens that fit; 0 where it is not known
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
