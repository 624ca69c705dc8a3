package dev.oriel.agent.api.turn;

import dev.oriel.agent.api.cancel.CancelScope;

/// Keeps the conversation within what the model takes. Used by the thread of one turn.
public interface ContextLimit {
    /// Whether the next request would be too long.
    boolean isReached(TurnSettings settings);

    /// Replaces older messages by a summary.
    ///
    /// @return whether the conversation is shorter now; otherwise the user was told why not
    boolean compact(TurnSettings settings, CancelScope cancel) throws InterruptedException;

    /// The same, because the user wants it.
    ///
    /// @param instruction what the summary should pay attention to; may be empty
    default boolean compactNow(TurnSettings settings, CancelScope cancel, String instruction)
            throws InterruptedException {
        return compact(settings, cancel);
    }
}
