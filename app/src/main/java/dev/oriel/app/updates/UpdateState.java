package dev.oriel.app.updates;

/// What there is to say of newer versions.
sealed interface UpdateState {

    /// Nothing.
    record None() implements UpdateState {}

    /// Whether one may look at all.
    record AskPermission() implements UpdateState {}

    /// @param newest what can be downloaded
    /// @param notes of it and of all between it and this one, newest first; plain text
    record Available(Release newest, String notes) implements UpdateState {}
}
