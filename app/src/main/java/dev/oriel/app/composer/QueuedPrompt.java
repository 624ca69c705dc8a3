package dev.oriel.app.composer;

/// A prompt that waits.
///
/// @param sent whether the server has it; otherwise it is stored here until the connection is back
public record QueuedPrompt(String uuid, String text, boolean sent) {}
