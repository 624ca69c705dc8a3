package dev.oriel.journal.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// The tables and the statements that frame a transaction, prepared. Used within [JournalWriter]'s
/// transactions only.
record JournalTables(
        PreparedStatement begin,
        PreparedStatement commit,
        SessionTable sessions,
        MessageTable messages,
        PromptTable prompts,
        UnlistedPrompts unlisted,
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
                new UnlistedPrompts(writer),
                new DeltaTable(writer),
                new SessionIndex(writer, messages));
    }
}
