package dev.oriel.session.branch;

import dev.oriel.journal.SessionRecord;

/// A session from which a branch begins, at one moment.
///
/// @param record with the seq of the last message at that moment
/// @param lineage which messages up to that one are part of the conversation
public record BranchSource(SessionRecord record, Lineage lineage) {}
