/// Connections to SQLite files, their schemas, errors and readers: shared by the journal, its
/// search index and recovery.
package dev.oriel.journal.database;
