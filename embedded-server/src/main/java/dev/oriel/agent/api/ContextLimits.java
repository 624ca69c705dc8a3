package dev.oriel.agent.api;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.turn.ContextLimit;
import dev.oriel.agent.api.turn.TurnSettings;

/// Ready-made limits of conversations.
final class ContextLimits {
    /// Never reached; a conversation that is too long cannot be made shorter.
    static final ContextLimit NONE =
            new ContextLimit() {
                @Override
                public boolean isReached(TurnSettings settings) {
                    return false;
                }

                @Override
                public boolean compact(TurnSettings settings, CancelScope cancel) {
                    return false;
                }
            };

    private ContextLimits() {}
}
