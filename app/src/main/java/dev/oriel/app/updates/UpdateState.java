package dev.oriel.app.updates;

/// What there is to say of newer versions.
sealed interface UpdateState {

    /// Nothing.
    record Quiet() implements UpdateState {}

    /// Whether one may look at all.
    record MayWeLook() implements UpdateState {}

    /// @param newest what can be downloaded
    /// @param notes of it and of all between it and this one, newest first; plain text
    record Newer(Release newest, String notes) implements UpdateState {}
}
