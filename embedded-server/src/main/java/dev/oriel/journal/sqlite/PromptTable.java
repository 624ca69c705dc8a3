package dev.oriel.journal.sqlite;

import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.database.UuidCodec;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prompts in the journal, those that wait and those that were ever taken. The instance is used in
/// the writer's turn only.
final class PromptTable {
    private static final Logger LOG = LoggerFactory.getLogger(PromptTable.class);

    private final PreparedStatement put;
    private final PreparedStatement take;
    private final PreparedStatement drop;

    PromptTable(JournalWriter writer) throws SQLException {
        put =
                writer.prepare(
                        "INSERT INTO prompt (session, uuid, body, setting, state) VALUES (?, ?,"
                                + " ?, ?, 'waiting') ON CONFLICT (session, uuid) DO NOTHING");
        take =
                writer.prepare(
                        "UPDATE prompt SET state = ?, body = NULL, setting = NULL WHERE session = ?"
                                + " AND uuid = ? AND state = 'waiting'");
        drop =
                writer.prepare(
                        "DELETE FROM prompt WHERE session = ? AND uuid = ? AND state = 'waiting'");
    }

    /// Forgets a prompt that waits, as if it had never been put.
    ///
    /// @return false if it was not waiting
    boolean delete(long session, UUID prompt) throws SQLException {
        drop.setLong(1, session);
        drop.setBytes(2, UuidCodec.encode(prompt));
        return drop.executeUpdate() == 1;
    }

    /// @return false if the uuid was ever taken
    boolean insert(long session, UUID prompt, Message user, @Nullable String setting)
            throws SQLException {
        put.setLong(1, session);
        put.setBytes(2, UuidCodec.encode(prompt));
        put.setBytes(3, user.bytes());
        put.setString(4, setting);
        return put.executeUpdate() == 1;
    }

    /// @return false if it was not waiting
    boolean markStarted(long session, UUID prompt) throws SQLException {
        return updateState("begun", session, prompt);
    }

    /// @return false if it was not waiting
    boolean markCancelled(long session, UUID prompt) throws SQLException {
        return updateState("cancelled", session, prompt);
    }

    static List<QueuedPrompt> readQueue(Connection connection, long session) throws SQLException {
        try (PreparedStatement waiting =
                connection.prepareStatement(
                        "SELECT uuid, body, setting FROM prompt WHERE session = ? AND state ="
                                + " 'waiting' ORDER BY place")) {
            waiting.setLong(1, session);
            List<QueuedPrompt> prompts = new ArrayList<>();
            try (ResultSet rows = waiting.executeQuery()) {
                while (rows.next()) {
                    UUID uuid = UuidCodec.decodeOrNull(rows.getBytes(1));
                    byte[] body = rows.getBytes(2);
                    if (uuid == null || body == null) {
                        LOG.warn("A waiting prompt is damaged and left out.");
                        continue;
                    }
                    try {
                        prompts.add(new QueuedPrompt(uuid, Message.parse(body), rows.getString(3)));
                    } catch (MalformedMessageException e) {
                        LOG.warn("The waiting prompt {} is damaged and left out.", uuid);
                    }
                }
            }
            return prompts;
        }
    }

    static boolean isCancelled(Connection connection, long session, UUID prompt)
            throws SQLException {
        try (PreparedStatement cancelled =
                connection.prepareStatement(
                        "SELECT 1 FROM prompt WHERE session = ? AND uuid = ? AND state ="
                                + " 'cancelled'")) {
            cancelled.setLong(1, session);
            cancelled.setBytes(2, UuidCodec.encode(prompt));
            try (ResultSet row = cancelled.executeQuery()) {
                return row.next();
            }
        }
    }

    private boolean updateState(String state, long session, UUID prompt) throws SQLException {
        take.setString(1, state);
        take.setLong(2, session);
        take.setBytes(3, UuidCodec.encode(prompt));
        return take.executeUpdate() == 1;
    }
}
