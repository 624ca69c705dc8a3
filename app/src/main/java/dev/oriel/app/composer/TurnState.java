package dev.oriel.app.composer;

import java.time.Duration;
import java.time.Instant;

/// The state of a session's turn, as the user can see and interrupt it. [TurnTracker] has the
/// transitions.
public sealed interface TurnState {
    /// No turn is running.
    record Idle() implements TurnState {}

    /// A turn is running.
    record Running() implements TurnState {}

    /// The user has interrupted the turn.
    ///
    /// @param since the time of the interruption
    /// @param confirmed whether the agent has confirmed it; the turn is not finished yet
    record Interrupting(Instant since, boolean confirmed) implements TurnState {}

    /// The interrupted turn has finished.
    ///
    /// @param took from the interruption to the end
    record Interrupted(Duration took) implements TurnState {}

    /// Whether a turn is running.
    default boolean isBusy() {
        return this instanceof Running || this instanceof Interrupting;
    }
}
