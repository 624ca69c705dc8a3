/// The journal in an SQLite file: the writing side, its tables and checkpoints.
package dev.oriel.journal.sqlite;
