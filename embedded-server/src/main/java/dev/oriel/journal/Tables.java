package dev.oriel.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Everything that writes, prepared. Used in the writer's turn only.
record Tables(
        PreparedStatement begin,
        PreparedStatement commit,
        SessionTable sessions,
        MessageTable messages,
        PromptTable prompts,
        OpenAnswerTable openAnswers,
        Places places) {

    static Tables prepare(Writer writer) throws SQLException {
        MessageTable messages = new MessageTable(writer);
        return new Tables(
                writer.prepare("BEGIN IMMEDIATE"),
                writer.prepare("COMMIT"),
                new SessionTable(writer),
                messages,
                new PromptTable(writer),
                new OpenAnswerTable(writer),
                new Places(writer, messages));
    }
}
