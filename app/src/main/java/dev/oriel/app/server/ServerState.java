package dev.oriel.app.server;

/// How the server in this window stands.
public sealed interface ServerState {
    record Stopped() implements ServerState {}

    record Starting() implements ServerState {}

    /// @param preferredPortTaken whether the usual port was taken, so that this one was picked
    ///   instead
    record Listening(int port, boolean preferredPortTaken) implements ServerState {}

    /// @param cause one sentence for a person
    record Failed(String cause) implements ServerState {}
}
