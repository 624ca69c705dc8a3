package dev.oriel.client;

/// A place where a session says what was looked for.
///
/// @param snippet the words around it; the found ones stand between U+2068 and U+2069
public record SearchHit(String sessionId, long seq, String snippet) {}
