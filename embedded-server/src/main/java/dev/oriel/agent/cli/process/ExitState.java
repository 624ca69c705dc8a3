package dev.oriel.agent.cli.process;

/// What is known so far about why the CLI of an agent will end. The legal transitions are in one
/// table, [#on(Trigger)]. Immutable.
sealed interface ExitState {
    /// A new conversation; the CLI has written nothing yet.
    record Starting() implements ExitState {}

    /// A conversation that the CLI has had before; it has written nothing yet.
    record Resuming() implements ExitState {}

    /// The CLI has written a message.
    record Talking() implements ExitState {}

    /// The CLI was started to begin a branch of a conversation, and has not written a message yet.
    record Branching() implements ExitState {}

    /// The CLI does not have the conversation that it was started to resume.
    record ConversationMissing() implements ExitState {}

    /// The agent is being ended.
    ///
    /// @param before the state apart from that
    /// @param forced true if an interrupt had no effect, false if a close was requested
    record Ending(ExitState before, boolean forced) implements ExitState {}

    /// Moves an agent from state to state.
    sealed interface Trigger {
        /// The CLI refused the id of a new conversation because it has that conversation already;
        /// it is started again to resume it.
        record ConversationTaken() implements Trigger {}

        /// The CLI wrote a message.
        record OutputReceived() implements Trigger {}

        /// The CLI reported that there is no conversation to resume.
        record ConversationNotFound() implements Trigger {}

        /// [dev.oriel.agent.Agent#close()] was called.
        record CloseRequested() implements Trigger {}

        /// An interrupt had no effect, so that the process is ended.
        record InterruptEnforced() implements Trigger {}
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if the trigger cannot occur in this state: a bug
    default ExitState on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.CloseRequested() ->
                    this instanceof Ending ? this : new Ending(this, false);
            case Trigger.InterruptEnforced() ->
                    new Ending(this instanceof Ending(ExitState before, _) ? before : this, true);
            case Trigger.ConversationTaken()
                    when this instanceof Starting || this instanceof Branching ->
                    new Resuming();
            case Trigger.ConversationTaken() -> throw illegal(trigger);
            case Trigger.OutputReceived() ->
                    switch (this) {
                        case Starting _, Branching _, Resuming _ -> new Talking();
                        case Talking _, ConversationMissing _ -> this;
                        case Ending(ExitState before, boolean forced) ->
                                new Ending(before.on(trigger), forced);
                    };
            case Trigger.ConversationNotFound() ->
                    switch (this) {
                        case Branching _, Resuming _ -> new ConversationMissing();
                        case ConversationMissing _ -> this;
                        case Ending(ExitState before, boolean forced) ->
                                new Ending(before.on(trigger), forced);
                        case Starting _, Talking _ -> throw illegal(trigger);
                    };
        };
    }

    /// Whether the CLI was started with an earlier conversation and has written nothing else than
    /// that it does not have it.
    default boolean isResuming() {
        return switch (this) {
            case Branching _, Resuming _, ConversationMissing _ -> true;
            case Ending(ExitState before, _) -> before.isResuming();
            case Starting _, Talking _ -> false;
        };
    }

    /// Whether the CLI has written a message of the conversation.
    default boolean isTalking() {
        return switch (this) {
            case Talking _ -> true;
            case Ending(ExitState before, _) -> before.isTalking();
            case Starting _, Branching _, Resuming _, ConversationMissing _ -> false;
        };
    }

    private IllegalStateException illegal(Trigger trigger) {
        return new IllegalStateException(
                trigger.getClass().getSimpleName() + " in state " + getClass().getSimpleName());
    }
}
