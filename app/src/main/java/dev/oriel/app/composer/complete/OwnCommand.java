package dev.oriel.app.composer.complete;

/// A command of the window itself, which runs when it is chosen.
///
/// @param name without the slash
/// @param action runs on the JavaFX thread, after the typed name was removed
public record OwnCommand(String name, String description, Runnable action) {}
