package dev.oriel.app.composer;

import java.time.Duration;
import java.time.Instant;

/// Where a session's turn stands, as far as the person who may stop it is concerned.
public sealed interface Turn {
    /// Nothing runs.
    record Quiet() implements Turn {}

    /// Claude works.
    record Running(Instant since) implements Turn {}

    /// A stop was asked for.
    ///
    /// @param confirmed whether the agent has said that it stops; the end of the turn is still to
    ///   come
    record Stopping(Instant since, boolean confirmed) implements Turn {}

    /// The turn ended after a stop was asked for: the proof is its `result`.
    record Stopped(Duration took) implements Turn {}

    /// Whether a turn is under way.
    default boolean busy() {
        return this instanceof Running || this instanceof Stopping;
    }
}
