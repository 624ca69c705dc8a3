package dev.oriel.app.updates;

/// What the update card shows.
sealed interface UpdateState {

    /// The card is hidden.
    record None() implements UpdateState {}

    /// The card asks whether Oriel may check for new versions.
    record AskPermission() implements UpdateState {}

    /// The card shows a newer version.
    ///
    /// @param newest the newest version
    /// @param notes the notes of all versions newer than this program, newest first, as plain text
    record Available(Release newest, String notes) implements UpdateState {}
}
