package dev.oriel.app.desktop;

/// Whether Oriel opens at login, as far as is known.
public sealed interface LoginState {

    /// The system is being asked, or told.
    record Looking() implements LoginState {}

    record Known(boolean on) implements LoginState {}

    /// @param why one sentence for the person
    record Impossible(String why) implements LoginState {}
}
