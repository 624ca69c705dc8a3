package dev.oriel.journal.database;

import java.sql.SQLException;

/// A piece of work on a database.
@FunctionalInterface
public interface SqlStep {
    void run() throws SQLException;
}
