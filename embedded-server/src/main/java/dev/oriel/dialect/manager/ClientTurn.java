package dev.oriel.dialect.manager;

/// What a session is doing, as far as it concerns one client. All transitions are in one table,
/// [#on(Trigger)]. Immutable.
sealed interface ClientTurn {
    /// Whether the last prompt that started is this client's. Then asks and turns that the agent
    /// starts by itself are this client's too.
    boolean own();

    /// No turn is running.
    record None(boolean own) implements ClientTurn {}

    /// @param prompted whether the turn answers a prompt; false if the agent started it
    /// @param thinking whether the client has received `agent_thinking` with `true` only
    /// @param interrupted whether this client has interrupted the turn
    record Running(boolean own, boolean prompted, boolean thinking, boolean interrupted)
            implements ClientTurn {}

    /// Moves a turn from state to state.
    sealed interface Trigger {
        /// A prompt started: a turn with it, or within the running one.
        ///
        /// @param own whether this client has sent it
        record PromptStarted(boolean own) implements Trigger {}

        /// The agent began to work, perhaps without a prompt.
        record AgentStarted() implements Trigger {}

        /// The first frame of the answer follows, or the turn ends without one.
        record ThinkingEnded() implements Trigger {}

        /// This client interrupts the turn.
        record InterruptSent() implements Trigger {}

        /// The turn ended, or failed.
        record TurnEnded() implements Trigger {}
    }

    /// The state after a trigger: this one if the trigger has no effect.
    default ClientTurn on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.PromptStarted(boolean own) -> new Running(own, true, own, false);
            case Trigger.AgentStarted() ->
                    switch (this) {
                        case None(boolean own) -> new Running(own, false, own, false);
                        case Running running -> running;
                    };
            case Trigger.ThinkingEnded() ->
                    switch (this) {
                        case None none -> none;
                        case Running(boolean own, boolean prompted, _, boolean interrupted) ->
                                new Running(own, prompted, false, interrupted);
                    };
            case Trigger.InterruptSent() ->
                    switch (this) {
                        case None none -> none;
                        case Running(boolean own, boolean prompted, boolean thinking, _) ->
                                new Running(own, prompted, thinking, true);
                    };
            case Trigger.TurnEnded() -> new None(own());
        };
    }
}
