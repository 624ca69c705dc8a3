package dev.oriel.journal.sqlite;

import dev.oriel.journal.Journal.PastPrompt;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.UuidCodec;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The `prompt` table: queued prompts, and the UUIDs of all prompts that were ever queued. The
/// instance is used within [JournalWriter]'s transactions only.
final class PromptTable {
    private static final Logger LOG = LoggerFactory.getLogger(PromptTable.class);

    /// Started prompts are read until they have so many bytes together.
    private static final long PAST_BYTES = 4L * 1024 * 1024;

    private final PreparedStatement insert;
    private final PreparedStatement updateState;
    private final PreparedStatement delete;
    private final PreparedStatement readPlace;
    private final PreparedStatement updatePlace;
    private final PreparedStatement insertSent;
    private final PreparedStatement insertLarge;

    PromptTable(JournalWriter writer) throws SQLException {
        insert =
                writer.prepare(
                        "INSERT INTO prompt (session, uuid, body, setting, state) VALUES (?, ?,"
                                + " ?, ?, 'waiting') ON CONFLICT (session, uuid) DO NOTHING");
        updateState =
                writer.prepare(
                        "UPDATE prompt SET state = ?, body = NULL, setting = NULL WHERE session = ?"
                                + " AND uuid = ? AND state = 'waiting'");
        delete =
                writer.prepare(
                        "DELETE FROM prompt WHERE session = ? AND uuid = ? AND state = 'waiting'");
        readPlace =
                writer.prepare(
                        "SELECT place FROM prompt WHERE session = ? AND uuid = ? AND state ="
                                + " 'waiting'");
        insertSent =
                writer.prepare(
                        "INSERT INTO sent_prompt (message) VALUES (?) ON CONFLICT (message) DO"
                                + " NOTHING");
        insertLarge =
                writer.prepare(
                        "INSERT INTO large_prompt (message, body) VALUES (?, ?) ON CONFLICT"
                                + " (message) DO NOTHING");
        updatePlace = writer.prepare("UPDATE prompt SET place = ? WHERE place = ?");
    }

    /// Records that a prompt has started.
    ///
    /// @param words see [LargePrompt#withoutAttachments]
    void insertSent(long session, long seq, Optional<Message> words) throws SQLException {
        long message = JournalSchema.messageId(session, seq);
        insertSent.setLong(1, message);
        insertSent.executeUpdate();
        if (words.isPresent()) {
            insertLarge.setLong(1, message);
            insertLarge.setBytes(2, words.get().bytes());
            insertLarge.executeUpdate();
        }
    }

    /// The prompts that have started, the last one first.
    ///
    /// @param cwd the folder of their sessions; null for all
    /// @return as many as fit into some memory; empty if there are none
    static List<PastPrompt> readPast(
            Connection connection, @Nullable String cwd, long before, int limit)
            throws SQLException {
        try (PreparedStatement past =
                connection.prepareStatement(
                        "SELECT sent_prompt.place, session.uuid, message.id,"
                                + " coalesce(large_prompt.body, message.body) FROM sent_prompt"
                                + " JOIN message ON message.id = sent_prompt.message"
                                + " JOIN session ON session.number = (message.id >> 40)"
                                + " LEFT JOIN large_prompt ON large_prompt.message = message.id"
                                + " WHERE sent_prompt.place < ?"
                                + " AND (length(message.body) <= ?"
                                + " OR large_prompt.message IS NOT NULL)"
                                + (cwd == null ? "" : " AND session.cwd = ?")
                                + " ORDER BY sent_prompt.place DESC LIMIT ?")) {
            past.setLong(1, before);
            past.setInt(2, LargePrompt.MAX_BYTES);
            if (cwd != null) {
                past.setString(3, cwd);
            }
            past.setInt(cwd == null ? 3 : 4, limit);
            List<PastPrompt> prompts = new ArrayList<>();
            long bytes = 0;
            try (ResultSet rows = past.executeQuery()) {
                while (bytes < PAST_BYTES && rows.next()) {
                    UUID session = UuidCodec.decodeOrNull(rows.getBytes(2));
                    byte[] body = rows.getBytes(4);
                    if (session == null || body == null) {
                        continue;
                    }
                    bytes += body.length;
                    try {
                        prompts.add(
                                new PastPrompt(
                                        rows.getLong(1),
                                        session,
                                        JournalSchema.seqOf(rows.getLong(3)),
                                        Message.parse(body)));
                    } catch (MalformedMessageException e) {
                        LOG.debug("A damaged prompt is omitted.", e);
                    }
                }
            }
            return prompts;
        }
    }

    /// Gives the queued prompts the places that they have together, in another order. Prompts that
    /// are not queued are ignored.
    void reorder(long session, List<UUID> order) throws SQLException {
        List<Long> before = new ArrayList<>();
        for (UUID prompt : order) {
            readPlace.setLong(1, session);
            readPlace.setBytes(2, UuidCodec.encode(prompt));
            try (ResultSet row = readPlace.executeQuery()) {
                if (row.next()) {
                    before.add(row.getLong(1));
                }
            }
        }
        List<Long> after = before.stream().sorted().toList();
        // First to places that no prompt has: a place is unique at any time.
        for (long place : before) {
            move(place, -place);
        }
        for (int i = 0; i < after.size(); i++) {
            move(-before.get(i), after.get(i));
        }
    }

    private void move(long from, long to) throws SQLException {
        updatePlace.setLong(1, to);
        updatePlace.setLong(2, from);
        updatePlace.executeUpdate();
    }

    /// Deletes a queued prompt, as if it had never been queued.
    void delete(long session, UUID prompt) throws SQLException {
        delete.setLong(1, session);
        delete.setBytes(2, UuidCodec.encode(prompt));
        delete.executeUpdate();
    }

    /// @return false if a prompt with this UUID was ever queued
    boolean insert(long session, UUID prompt, Message user, @Nullable String setting)
            throws SQLException {
        insert.setLong(1, session);
        insert.setBytes(2, UuidCodec.encode(prompt));
        insert.setBytes(3, user.bytes());
        insert.setString(4, setting);
        return insert.executeUpdate() == 1;
    }

    /// @return false if it was not queued
    boolean markStarted(long session, UUID prompt) throws SQLException {
        return updateState("begun", session, prompt);
    }

    /// @return false if it was not queued
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
                        LOG.warn("A queued prompt is omitted because its row is damaged.");
                        continue;
                    }
                    try {
                        prompts.add(new QueuedPrompt(uuid, Message.parse(body), rows.getString(3)));
                    } catch (MalformedMessageException e) {
                        LOG.warn(
                                "The queued prompt {} is omitted because its row is damaged.",
                                uuid);
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
        updateState.setString(1, state);
        updateState.setLong(2, session);
        updateState.setBytes(3, UuidCodec.encode(prompt));
        return updateState.executeUpdate() == 1;
    }
}
