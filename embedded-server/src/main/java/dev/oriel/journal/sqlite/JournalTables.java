package dev.oriel.journal.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Everything that writes, prepared. Used in the writer's turn only.
record JournalTables(
        PreparedStatement begin,
        PreparedStatement commit,
        SessionTable sessions,
        MessageTable messages,
        PromptTable prompts,
        DeltaTable deltas,
        SessionIndex sessionIndex) {

    static JournalTables prepare(JournalWriter writer) throws SQLException {
        MessageTable messages = new MessageTable(writer);
        return new JournalTables(
                writer.prepare("BEGIN IMMEDIATE"),
                writer.prepare("COMMIT"),
                new SessionTable(writer),
                messages,
                new PromptTable(writer),
                new DeltaTable(writer),
                new SessionIndex(writer, messages));
    }
}
