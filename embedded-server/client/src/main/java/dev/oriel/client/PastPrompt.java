package dev.oriel.client;

/// A prompt that was sent in some session of a server.
///
/// @param text all of it
/// @param sessionId where it was sent
public record PastPrompt(String text, String sessionId) {}
