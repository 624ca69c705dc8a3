package dev.oriel.app.conversation.item;

/// Where the bytes of an attachment are.
///
/// @param seq position of the message in the session's journal, from 1; 0 if the message is not
///   journaled, so that the bytes cannot be loaded
/// @param index which of the message's images and documents it is, from 0, in their order; -1 for
///   something that has no bytes
public record MediaPlace(long seq, int index) {}
