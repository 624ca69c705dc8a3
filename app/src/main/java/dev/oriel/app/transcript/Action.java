package dev.oriel.app.transcript;

/// What a click on a text or a line does.
sealed interface Action {
    record OpenLink(String url) implements Action {}

    /// Opens or closes an item.
    record Toggle(String itemId) implements Action {}

    /// Shows more of a long text.
    record ShowMore(String itemId) implements Action {}

    /// Sends again what could not be sent, or was not answered.
    record Retry(String itemId) implements Action {}

    record Copy(String text) implements Action {}
}
