package dev.oriel.gateway.socket;

/// The state of one connection, from its first byte to the close of its socket. The legal
/// transitions are in one table, [#on(Trigger)].
///
/// Immutable. Several threads move a connection: the selector's thread, the threads that reply, and
/// the selector threads of other ports, which evict. Therefore a trigger that comes after another
/// thread's has been served leaves the state as it is; see [SocketConnection#move].
sealed interface ConnectionState {
    /// Receives the bytes of the client, and the events of the socket.
    ConnectionProtocol protocol();

    /// An HTTP request is arriving.
    record ReadingRequest(ConnectionProtocol protocol) implements ConnectionState {}

    /// The request is complete or was refused, and the reply is being made or written. Bytes that
    /// the client sends now are dropped.
    record Replying(ConnectionProtocol protocol) implements ConnectionState {}

    /// The body of the reply is written until one side ends it.
    record Streaming(ConnectionProtocol protocol) implements ConnectionState {}

    /// A WebSocket that exchanges messages.
    record Open(ConnectionProtocol protocol) implements ConnectionState {}

    /// A WebSocket whose last frame has been queued: nothing else is sent.
    record Closing(ConnectionProtocol protocol) implements ConnectionState {}

    /// Everything has been written and the output is shut down. The socket is closed when the
    /// client closes its half.
    record Lingering(ConnectionProtocol protocol) implements ConnectionState {}

    /// The socket is closed.
    record Closed(ConnectionProtocol protocol) implements ConnectionState {}

    /// Moves a connection from state to state.
    sealed interface Trigger {
        /// The request was complete, or is refused.
        record ReplyStarted() implements Trigger {}

        /// The request was an upgrade to a WebSocket.
        record Upgraded(ConnectionProtocol protocol) implements Trigger {}

        /// The reply has a body that is written until one side ends it.
        record StreamStarted(ConnectionProtocol protocol) implements Trigger {}

        /// The last frame of a WebSocket is about to be queued.
        record CloseStarted() implements Trigger {}

        /// Everything has been written.
        record OutputShutDown(ConnectionProtocol protocol) implements Trigger {}

        /// The socket is about to be closed.
        record SocketClosed() implements Trigger {}
    }

    /// The state after a trigger: this one if the trigger comes too late to have an effect.
    ///
    /// @throws IllegalStateException if the trigger cannot occur in this state: a bug
    default ConnectionState on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.SocketClosed() -> this instanceof Closed ? this : new Closed(protocol());
            case Trigger.ReplyStarted() ->
                    this instanceof ReadingRequest ? new Replying(protocol()) : this;
            case Trigger.Upgraded(ConnectionProtocol next) ->
                    switch (this) {
                        case ReadingRequest _ -> new Open(next);
                        case Replying _, Lingering _, Closed _ -> this;
                        case Streaming _, Open _, Closing _ -> throw illegal(trigger);
                    };
            case Trigger.StreamStarted(ConnectionProtocol next) ->
                    switch (this) {
                        case Replying _ -> new Streaming(next);
                        case Lingering _, Closed _ -> this;
                        case ReadingRequest _, Streaming _, Open _, Closing _ ->
                                throw illegal(trigger);
                    };
            case Trigger.CloseStarted() ->
                    switch (this) {
                        case Open _ -> new Closing(protocol());
                        case Closing _, Lingering _, Closed _ -> this;
                        case ReadingRequest _, Replying _, Streaming _ -> throw illegal(trigger);
                    };
            case Trigger.OutputShutDown(ConnectionProtocol next) ->
                    switch (this) {
                        case Replying _, Streaming _, Closing _ -> new Lingering(next);
                        case Lingering _, Closed _ -> this;
                        case ReadingRequest _, Open _ -> throw illegal(trigger);
                    };
        };
    }

    private IllegalStateException illegal(Trigger trigger) {
        return new IllegalStateException(
                trigger.getClass().getSimpleName() + " in state " + getClass().getSimpleName());
    }
}
