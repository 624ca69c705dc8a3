package dev.oriel.journal.sqlite;

import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.UuidCodec;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The table `unlisted_prompts`: sessions from before version 9, whose messages are still to be
/// searched for prompts, each with the id under which they have not been searched. The instance is
/// used within [JournalWriter]'s transactions only.
final class UnlistedPrompts {
    private static final Logger LOG = LoggerFactory.getLogger(UnlistedPrompts.class);

    /// Messages that are searched in one step.
    private static final int ROWS = 500;

    /// A step ends when it has read more.
    private static final long BYTES = 4L * 1024 * 1024;

    /// A prompt's message begins with its type and UUID.
    private static final int HEAD = 200;

    private static final Pattern PROMPT =
            Pattern.compile(
                    "\\{\"type\":\"user\",\"uuid\":\"([0-9a-fA-F-]{36})\".*", Pattern.DOTALL);

    private final PreparedStatement list;
    private final PreparedStatement listLarge;
    private final PreparedStatement advance;
    private final PreparedStatement finish;

    UnlistedPrompts(JournalWriter writer) throws SQLException {
        // The order in which they were queued, before all that are listed already: those have
        // places from 1 on. A message that was deleted meanwhile is not listed.
        list =
                writer.prepare(
                        "INSERT INTO sent_prompt (place, message) SELECT prompt.place - (1 << 40),"
                                + " message.id FROM prompt, message WHERE prompt.session = ? AND"
                                + " prompt.uuid = ? AND prompt.state = 'begun' AND message.id = ?"
                                + " ON CONFLICT DO NOTHING");
        listLarge =
                writer.prepare(
                        "INSERT INTO large_prompt (message, body) SELECT message, ? FROM"
                                + " sent_prompt WHERE message = ? ON CONFLICT DO NOTHING");
        advance = writer.prepare("UPDATE unlisted_prompts SET below = ? WHERE session = ?");
        finish = writer.prepare("DELETE FROM unlisted_prompts WHERE session = ?");
    }

    /// A user message that may be a prompt.
    ///
    /// @param id of the message
    /// @param words see [LargePrompt#withoutAttachments]
    record Candidate(long id, UUID uuid, Optional<Message> words) {}

    /// What was found in one step.
    ///
    /// @param session its number
    /// @param below the id under which it is still to be searched; 0 if it was searched to its
    ///   start
    record Found(long session, long below, List<Candidate> candidates) {}

    /// Whether a session is still to be searched.
    static boolean isAny(Connection connection) throws SQLException {
        return SqliteConnections.queryLong(
                        connection, "SELECT EXISTS (SELECT 1 FROM unlisted_prompts)")
                == 1;
    }

    /// Searches some messages, the last ones of the newest session first.
    ///
    /// @return empty if all sessions were searched
    static Optional<Found> search(Connection connection) throws SQLException {
        try (PreparedStatement next =
                        connection.prepareStatement(
                                "SELECT session, below FROM unlisted_prompts ORDER BY session DESC"
                                        + " LIMIT 1");
                ResultSet row = next.executeQuery()) {
            return row.next()
                    ? Optional.of(search(connection, row.getLong(1), row.getLong(2)))
                    : Optional.empty();
        }
    }

    private static Found search(Connection connection, long session, long below)
            throws SQLException {
        List<Candidate> candidates = new ArrayList<>();
        long lowest = 0;
        long bytes = 0;
        int count = 0;
        try (PreparedStatement rows =
                connection.prepareStatement(
                        "SELECT id, length(body), substr(body, 1, ?) FROM message WHERE id >= ?"
                                + " AND id < ? ORDER BY id DESC LIMIT ?")) {
            rows.setInt(1, HEAD);
            rows.setLong(2, JournalSchema.messageId(session, 0));
            rows.setLong(3, below);
            rows.setInt(4, ROWS);
            try (ResultSet row = rows.executeQuery()) {
                while (bytes < BYTES && row.next()) {
                    lowest = row.getLong(1);
                    byte[] head = row.getBytes(3);
                    bytes += row.getLong(2);
                    count++;
                    UUID uuid = head == null ? null : promptOf(head);
                    if (uuid != null) {
                        boolean large = row.getLong(2) > LargePrompt.MAX_BYTES;
                        candidates.add(
                                new Candidate(
                                        lowest,
                                        uuid,
                                        large
                                                ? words(connection, lowest, uuid)
                                                : Optional.empty()));
                    }
                }
            }
        }
        boolean more = count == ROWS || bytes >= BYTES;
        return new Found(session, more ? lowest : 0, candidates);
    }

    private static Optional<Message> words(Connection connection, long id, UUID uuid)
            throws SQLException {
        try (PreparedStatement message =
                connection.prepareStatement("SELECT body FROM message WHERE id = ?")) {
            message.setLong(1, id);
            try (ResultSet row = message.executeQuery()) {
                return row.next()
                        ? LargePrompt.withoutAttachments(uuid, Message.parse(row.getBytes(1)))
                        : Optional.empty();
            }
        } catch (MalformedMessageException e) {
            LOG.debug("A damaged prompt is omitted.", e);
            return Optional.empty();
        }
    }

    private static @Nullable UUID promptOf(byte[] head) {
        Matcher matcher = PROMPT.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            return null;
        }
        try {
            return UUID.fromString(matcher.group(1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Lists what was found, and records how far the session was searched.
    void list(Found found) throws SQLException {
        for (Candidate candidate : found.candidates()) {
            list.setLong(1, found.session());
            list.setBytes(2, UuidCodec.encode(candidate.uuid()));
            list.setLong(3, candidate.id());
            list.executeUpdate();
            if (candidate.words().isPresent()) {
                listLarge.setBytes(1, candidate.words().get().bytes());
                listLarge.setLong(2, candidate.id());
                listLarge.executeUpdate();
            }
        }
        if (found.below() == 0) {
            finish.setLong(1, found.session());
            finish.executeUpdate();
        } else {
            advance.setLong(1, found.below());
            advance.setLong(2, found.session());
            advance.executeUpdate();
        }
    }
}
