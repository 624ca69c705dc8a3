package dev.oriel.dialect.oneshot;

/// The life cycle of a connection that runs one prompt. The legal transitions are in one table,
/// [#on(Trigger)]. Immutable.
///
/// @param <R> the run: its session, subscription and deadline
sealed interface OneshotState<R> {
    /// The client has not sent its frame yet.
    record Waiting<R>() implements OneshotState<R> {}

    /// The agent is working.
    record Running<R>(R run) implements OneshotState<R> {}

    /// The outcome is known; the agent's process is ending.
    record Ending<R>(R run) implements OneshotState<R> {}

    /// The connection is closed, or will be without further frames.
    record Over<R>() implements OneshotState<R> {}

    /// Moves a connection from state to state.
    sealed interface Trigger<R> {
        record RunStarted<R>(R run) implements Trigger<R> {}

        /// The frame is invalid, or its run cannot be started.
        record RequestRefused<R>() implements Trigger<R> {}

        /// The agent has finished, failed or taken too long, or the client has disconnected.
        record RunEnded<R>() implements Trigger<R> {}

        /// A running run has to be ended before.
        record Disconnected<R>() implements Trigger<R> {}
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if the trigger cannot occur in this state: a bug
    default OneshotState<R> on(Trigger<R> trigger) {
        return switch (trigger) {
            case Trigger.RunStarted<R>(R run) when this instanceof Waiting -> new Running<>(run);
            case Trigger.RequestRefused<R> _ when this instanceof Waiting -> new Over<>();
            case Trigger.RunEnded<R> _ when this instanceof Running<R>(R run) -> new Ending<>(run);
            case Trigger.Disconnected<R> _ when !(this instanceof Running) -> new Over<>();
            default ->
                    throw new IllegalStateException(
                            trigger.getClass().getSimpleName()
                                    + " in state "
                                    + getClass().getSimpleName());
        };
    }
}
