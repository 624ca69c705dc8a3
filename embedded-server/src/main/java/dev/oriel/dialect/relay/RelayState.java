package dev.oriel.dialect.relay;

/// The life cycle of a connection to the relay. The legal transitions are in one table,
/// [#on(Trigger)]. Immutable.
///
/// @param <S> the subscription to a conversation
sealed interface RelayState<S> {
    /// Another connection is the active one. Frames of this one are dropped.
    record Rejected<S>() implements RelayState<S> {}

    /// The active connection, without a conversation. The next message starts one.
    record Unsubscribed<S>() implements RelayState<S> {}

    /// The active connection, in a conversation.
    record Subscribed<S>(S subscription) implements RelayState<S> {}

    record Closed<S>() implements RelayState<S> {}

    /// Moves a connection from state to state.
    sealed interface Trigger<S> {
        record ConversationJoined<S>(S subscription) implements Trigger<S> {}

        record ConversationDeleted<S>() implements Trigger<S> {}

        record Disconnected<S>() implements Trigger<S> {}
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if the trigger cannot occur in this state: a bug
    default RelayState<S> on(Trigger<S> trigger) {
        return switch (trigger) {
            case Trigger.ConversationJoined<S>(S subscription) when this instanceof Unsubscribed ->
                    new Subscribed<>(subscription);
            case Trigger.ConversationDeleted<S> _ when this instanceof Subscribed ->
                    new Unsubscribed<>();
            case Trigger.Disconnected<S> _ when !(this instanceof Closed) -> new Closed<>();
            default ->
                    throw new IllegalStateException(
                            trigger.getClass().getSimpleName()
                                    + " in state "
                                    + getClass().getSimpleName());
        };
    }
}
