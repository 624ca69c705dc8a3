package dev.oriel.app.desktop;

/// Whether Oriel opens at login, as far as is known.
public sealed interface LoginItemState {

    /// The system is being asked, or told.
    record Loading() implements LoginItemState {}

    record Known(boolean on) implements LoginItemState {}

    /// @param why one sentence for the person
    record Unavailable(String why) implements LoginItemState {}
}
