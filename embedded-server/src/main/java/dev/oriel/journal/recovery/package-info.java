/// Opens the journal file: lock, mark of the last clean state, and recovery of a lost or damaged
/// file.
package dev.oriel.journal.recovery;
