package dev.oriel.client.link;

import java.util.Optional;

/// The state of a [ReconnectingWebSocket]. [#on(Trigger)] is the table of the legal transitions.
///
/// ```text
/// Unstarted ─▶ Connecting ─▶ Open ─▶ Live      Closed: from any other state, for good
///               ▲   │          │       │
///               │   └──────────┴───────┴─▶ Waiting or Offline
///               └── from any state but Closed
/// ```
sealed interface SocketState {
    /// Nothing was asked for yet.
    record Unstarted() implements SocketState {}

    /// The token is read and the socket is opened.
    record Connecting(ConnectionAttempt attempt) implements SocketState {}

    /// The socket is open; no frame has shown yet that the server accepts us.
    record Open(ConnectionAttempt attempt) implements SocketState {}

    /// The server has accepted us.
    record Live(ConnectionAttempt attempt) implements SocketState {}

    /// The connection is down; the next attempt follows after a delay.
    record Waiting(ReconnectDelay delay) implements SocketState {}

    /// The connection is down, and there is no further attempt without a request.
    record Offline() implements SocketState {}

    /// Closed by us, for good.
    record Closed() implements SocketState {}

    /// What changes the state.
    sealed interface Trigger {
        /// A new attempt begins; the caller has ended the one before.
        record Connect(ConnectionAttempt attempt) implements Trigger {}

        /// The socket is open.
        record Opened() implements Trigger {}

        /// A frame has shown that the server accepts us.
        record Accepted() implements Trigger {}

        /// The connection ended, and another attempt is planned.
        record Wait(ReconnectDelay delay) implements Trigger {}

        /// The connection ended, and no attempt is left or would help.
        record GiveUp() implements Trigger {}

        /// The client closes the connection.
        record Close() implements Trigger {}
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if the trigger is not legal in this state: a bug
    default SocketState on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Connect(ConnectionAttempt attempt) when !(this instanceof Closed) ->
                    new Connecting(attempt);
            case Trigger.Opened() when this instanceof Connecting(ConnectionAttempt attempt) ->
                    new Open(attempt);
            case Trigger.Accepted() when this instanceof Open(ConnectionAttempt attempt) ->
                    new Live(attempt);
            case Trigger.Accepted() when this instanceof Live -> this;
            case Trigger.Wait(ReconnectDelay delay) when currentAttempt().isPresent() ->
                    new Waiting(delay);
            case Trigger.GiveUp() when currentAttempt().isPresent() -> new Offline();
            case Trigger.Close() when !(this instanceof Closed) -> new Closed();
            default -> throw new IllegalStateException(trigger + " in " + this);
        };
    }

    /// The attempt that is under way or connected, if there is one.
    default Optional<ConnectionAttempt> currentAttempt() {
        return switch (this) {
            case Connecting(ConnectionAttempt attempt) -> Optional.of(attempt);
            case Open(ConnectionAttempt attempt) -> Optional.of(attempt);
            case Live(ConnectionAttempt attempt) -> Optional.of(attempt);
            case Unstarted _, Waiting _, Offline _, Closed _ -> Optional.empty();
        };
    }
}
