package dev.oriel.dialect;

/// The login of one client, from its connection to its end. The legal transitions are in one table,
/// [#on(Trigger)].
///
/// Immutable. All triggers of a client occur one after the other.
///
/// @param <L> what is kept while the client has to log in, such as its deadline
/// @param <A> what serves an admitted client
public sealed interface LoginState<L, A> {
    /// It is not decided yet whether the client has to log in.
    record Connecting<L, A>() implements LoginState<L, A> {}

    /// The next frame must contain a valid credential.
    record LoggingIn<L, A>(L login) implements LoginState<L, A> {}

    /// All further frames are for the connection.
    record Admitted<L, A>(A connection) implements LoginState<L, A> {}

    /// The connection is being closed, perhaps after a delay. Further frames are dropped.
    record Refused<L, A>() implements LoginState<L, A> {}

    /// The client has disconnected.
    record Closed<L, A>() implements LoginState<L, A> {}

    /// Moves a login from state to state.
    sealed interface Trigger<L, A> {
        /// The client has presented no credential yet, and needs one.
        record LoginRequired<L, A>(L login) implements Trigger<L, A> {}

        /// The credential is valid, or none is needed.
        record Admission<L, A>(A connection) implements Trigger<L, A> {}

        /// The credential is wrong or missing.
        record Refusal<L, A>() implements Trigger<L, A> {}

        record Disconnected<L, A>() implements Trigger<L, A> {}
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if the trigger cannot occur in this state: a bug
    default LoginState<L, A> on(Trigger<L, A> trigger) {
        return switch (trigger) {
            case Trigger.LoginRequired<L, A>(L login) when this instanceof Connecting ->
                    new LoggingIn<>(login);
            case Trigger.Admission<L, A>(A connection) when isUndecided() ->
                    new Admitted<>(connection);
            case Trigger.Refusal<L, A> _ when isUndecided() -> new Refused<>();
            case Trigger.Disconnected<L, A> _ when !(this instanceof Closed) -> new Closed<>();
            default ->
                    throw new IllegalStateException(
                            trigger.getClass().getSimpleName()
                                    + " in state "
                                    + getClass().getSimpleName());
        };
    }

    private boolean isUndecided() {
        return this instanceof Connecting || this instanceof LoggingIn;
    }
}
