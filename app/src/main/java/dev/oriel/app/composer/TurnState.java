package dev.oriel.app.composer;

import java.time.Duration;
import java.time.Instant;

/// Where a session's turn stands, as far as the person who may stop it is concerned.
public sealed interface TurnState {
    /// Nothing runs.
    record Idle() implements TurnState {}

    /// Claude works.
    record Running(Instant since) implements TurnState {}

    /// A stop was asked for.
    ///
    /// @param confirmed whether the agent has said that it stops; the end of the turn is still to
    ///   come
    record Stopping(Instant since, boolean confirmed) implements TurnState {}

    /// The turn ended after a stop was asked for: the proof is its `result`.
    record Stopped(Duration took) implements TurnState {}

    /// Whether a turn is under way.
    default boolean isBusy() {
        return this instanceof Running || this instanceof Stopping;
    }
}
