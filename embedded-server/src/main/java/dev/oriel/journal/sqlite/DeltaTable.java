package dev.oriel.journal.sqlite;

import dev.oriel.journal.Journal.SavedDeltas;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Saved deltas of answers that are not complete: each row contains several events, one per line.
/// The instance is used within [JournalWriter]'s transactions only.
final class DeltaTable {
    private final PreparedStatement remove;
    private final PreparedStatement add;

    DeltaTable(JournalWriter writer) throws SQLException {
        remove = writer.prepare("DELETE FROM open_answer WHERE session = ?");
        add =
                writer.prepare(
                        "INSERT INTO open_answer (session, part, after, events) VALUES (?1, (SELECT"
                                + " coalesce(max(part), 0) + 1 FROM open_answer WHERE session ="
                                + " ?1), ?2, ?3)");
    }

    void delete(long session) throws SQLException {
        remove.setLong(1, session);
        remove.executeUpdate();
    }

    /// @param after seq of the session's last message
    void insert(long session, long after, List<Message> events) throws SQLException {
        var lines = new ByteArrayOutputStream();
        for (Message each : events) {
            lines.writeBytes(each.bytes());
            lines.write('\n');
        }
        add.setLong(1, session);
        add.setLong(2, after);
        add.setBytes(3, lines.toByteArray());
        add.executeUpdate();
    }

    static SavedDeltas read(Connection connection, long session) throws SQLException {
        try (PreparedStatement parts =
                connection.prepareStatement(
                        "SELECT after, events FROM open_answer WHERE session = ? ORDER BY part")) {
            parts.setLong(1, session);
            long after = 0;
            List<Message> events = new ArrayList<>();
            try (ResultSet rows = parts.executeQuery()) {
                while (rows.next()) {
                    after = rows.getLong(1);
                    String lines = new String(rows.getBytes(2), StandardCharsets.UTF_8);
                    for (String line : lines.split("\n")) {
                        events.add(Message.parse(line));
                    }
                }
            } catch (MalformedMessageException e) {
                // A damaged row: only the events before it are known.
                return new SavedDeltas(after, events);
            }
            return new SavedDeltas(after, events);
        }
    }
}
