package dev.oriel.app.desktop;

/// The state of the setting "Open Oriel when I log in".
public sealed interface LoginItemState {

    /// The system's state is being read or changed.
    record Loading() implements LoginItemState {}

    record Known(boolean on) implements LoginItemState {}

    /// The setting cannot be read or changed.
    ///
    /// @param why one sentence for the user
    record Unavailable(String why) implements LoginItemState {}
}
