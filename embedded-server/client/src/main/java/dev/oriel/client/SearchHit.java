package dev.oriel.client;

/// A message that contains the searched words.
///
/// @param sessionId its session
/// @param seq its position
/// @param snippet the words around the hit; the words that match are between U+2068 and U+2069
public record SearchHit(String sessionId, long seq, String snippet) {}
