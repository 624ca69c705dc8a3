package dev.oriel.app.server;

/// The state of the window's own server.
public sealed interface ServerState {
    record Stopped() implements ServerState {}

    record Starting() implements ServerState {}

    /// @param preferredPortTaken whether the preferred port was in use, so that another one is used
    record Listening(int port, boolean preferredPortTaken) implements ServerState {}

    /// @param cause one sentence for the user
    record Failed(String cause) implements ServerState {}
}
