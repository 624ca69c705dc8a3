package dev.oriel.dialect.enhanced;

import org.jspecify.annotations.Nullable;

/// What a connection's [QueryRunner] is doing. The legal transitions are in one table,
/// [#on(Trigger)]. Immutable.
///
/// @param <A> the attachment to a session
sealed interface QueryState<A> {
    /// No query has run yet, or the session of the last one was deleted.
    record Detached<A>() implements QueryState<A> {}

    /// No query is running. The last one ran in this session, and the next one can too.
    record Attached<A>(A attachment) implements QueryState<A> {}

    /// A query is running, or waits for its turn.
    record Querying<A>(A attachment, QueryRun run) implements QueryState<A> {}

    /// The client has disconnected.
    record Closed<A>() implements QueryState<A> {}

    /// Moves a runner from state to state.
    sealed interface Trigger<A> {
        /// @param attachment of the session in which the query runs; replaces the last one
        record QueryStarted<A>(A attachment, QueryRun run) implements Trigger<A> {}

        record QueryFinished<A>() implements Trigger<A> {}

        /// The session of the last query was deleted, which also ends a query.
        record SessionDeleted<A>() implements Trigger<A> {}

        record Disconnected<A>() implements Trigger<A> {}
    }

    /// The attachment to the session in which the last query ran.
    default @Nullable A lastAttachment() {
        return switch (this) {
            case Attached<A>(A attachment) -> attachment;
            case Querying<A>(A attachment, QueryRun _) -> attachment;
            case Detached<A> _, Closed<A> _ -> null;
        };
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if the trigger cannot occur in this state: a bug
    default QueryState<A> on(Trigger<A> trigger) {
        return switch (trigger) {
            case Trigger.QueryStarted<A>(A attachment, QueryRun run)
                    when this instanceof Detached || this instanceof Attached ->
                    new Querying<>(attachment, run);
            case Trigger.QueryFinished<A> _
                    when this instanceof Querying<A>(A attachment, QueryRun _) ->
                    new Attached<>(attachment);
            case Trigger.SessionDeleted<A> _
                    when this instanceof Attached || this instanceof Querying ->
                    new Detached<>();
            case Trigger.Disconnected<A> _ when !(this instanceof Closed) -> new Closed<>();
            default ->
                    throw new IllegalStateException(
                            trigger.getClass().getSimpleName()
                                    + " in state "
                                    + getClass().getSimpleName());
        };
    }
}
