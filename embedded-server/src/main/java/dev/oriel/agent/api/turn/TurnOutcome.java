package dev.oriel.agent.api.turn;

import org.jspecify.annotations.Nullable;

/// How a turn ended.
public sealed interface TurnOutcome {
    /// The model is done.
    ///
    /// @param text its last text
    /// @param stopReason null if the model was not asked
    record Completed(String text, @Nullable String stopReason) implements TurnOutcome {}

    /// The turn failed. The reason is already in the conversation where the CLI puts it there.
    ///
    /// @param terminalReason `api_error`, `prompt_too_long`, `image_error`, `max_turns`, …
    /// @param status HTTP status; 0 without a response
    record Failed(String text, String terminalReason, int status, @Nullable String stopReason)
            implements TurnOutcome {}

    /// The user interrupted the turn.
    ///
    /// @param inTools whether tools were running
    record Interrupted(boolean inTools) implements TurnOutcome {}
}
