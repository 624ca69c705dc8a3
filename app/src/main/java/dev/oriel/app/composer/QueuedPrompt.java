package dev.oriel.app.composer;

/// A prompt that waits.
///
/// @param sent whether the server has it; otherwise it waits in this window for the connection
public record QueuedPrompt(String uuid, String text, boolean sent) {}
