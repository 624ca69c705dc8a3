package dev.oriel.journal.database;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One reading connection with its prepared statements. Used by one thread at a time.
public final class JournalReader {
    /// A page of messages ends when it has so many bytes. Every client that reads may hold one.
    static final long PAGE_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    private final Connection connection;
    private final PreparedStatement number;
    private final PreparedStatement uuid;
    private final PreparedStatement sizesUp;
    private final PreparedStatement sizesDown;
    private final PreparedStatement bodies;

    JournalReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.number = connection.prepareStatement("SELECT number FROM session WHERE uuid = ?");
        this.uuid = connection.prepareStatement("SELECT uuid FROM session WHERE number = ?");
        // length() of a blob is read from the row's head: the blob itself stays on the disk.
        this.sizesUp =
                connection.prepareStatement(
                        "SELECT id, length(body) FROM message WHERE id > ? AND id <= ? ORDER BY id"
                                + " LIMIT ?");
        this.sizesDown =
                connection.prepareStatement(
                        "SELECT id, length(body) FROM message WHERE id >= ? AND id < ? ORDER BY id"
                                + " DESC LIMIT ?");
        this.bodies =
                connection.prepareStatement(
                        "SELECT id, body FROM message WHERE id BETWEEN ? AND ? ORDER BY id");
    }

    public Connection connection() {
        return connection;
    }

    /// The number of a session, if there is one.
    public OptionalLong findSessionNumber(UUID session) throws SQLException {
        number.setBytes(1, UuidCodec.encode(session));
        try (ResultSet row = number.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /// The session of a number, if there is one.
    public Optional<UUID> findSessionId(long session) throws SQLException {
        uuid.setLong(1, session);
        try (ResultSet row = uuid.executeQuery()) {
            return row.next() ? Optional.of(UuidCodec.decode(row.getBytes(1))) : Optional.empty();
        }
    }

    /// What tells this journal from every other.
    public byte[] identity() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT identity FROM journal");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }

    /// Numbers of deleted sessions that still have messages.
    public List<Long> deletedSessionNumbers() throws SQLException {
        List<Long> leaving = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT session FROM leaving");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                leaving.add(rows.getLong(1));
            }
        }
        return leaving;
    }

    /// The last seq of every session, by its number.
    public Map<Long, Long> lastSeqs() throws SQLException {
        Map<Long, Long> lasts = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SessionRows.SELECT_LAST_SEQS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                lasts.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return lasts;
    }

    List<SessionRecord> sessions() throws SQLException {
        return sessions(SessionRows.SELECT_ALL);
    }

    /// All sessions where their messages cannot be counted, as the file is damaged: their last seq
    /// reads as 0.
    List<SessionRecord> sessionsUncounted() throws SQLException {
        return sessions(SessionRows.SELECT_ALL_UNCOUNTED);
    }

    /// A row that cannot be used costs itself and no other.
    private List<SessionRecord> sessions(String select) throws SQLException {
        try (PreparedStatement all = connection.prepareStatement(select);
                ResultSet rows = all.executeQuery()) {
            List<SessionRecord> sessions = new ArrayList<>();
            while (rows.next()) {
                SessionRows.toRecord(rows)
                        .ifPresentOrElse(
                                sessions::add,
                                () -> LOG.warn("A session is damaged and left out of the list."));
            }
            return sessions;
        }
    }

    public Optional<SessionRecord> findSession(UUID id) throws SQLException {
        try (PreparedStatement one = connection.prepareStatement(SessionRows.SELECT_ONE)) {
            one.setBytes(1, UuidCodec.encode(id));
            try (ResultSet row = one.executeQuery()) {
                return row.next() ? SessionRows.toRecord(row) : Optional.empty();
            }
        }
    }

    List<Entry> messagesAfter(long session, long after, int limit) throws SQLException {
        long from =
                JournalSchema.messageId(
                        session, Math.max(0, Math.min(after, JournalSchema.MAX_SEQ)));
        sizesUp.setLong(1, from);
        sizesUp.setLong(2, JournalSchema.messageId(session, JournalSchema.MAX_SEQ));
        sizesUp.setInt(3, limit);
        Span span = span(sizesUp);
        return span.isEmpty()
                ? List.of()
                : entries(from + 1, Math.min(span.farthest(), from + limit));
    }

    List<Entry> messagesBefore(long session, long before, int limit) throws SQLException {
        long to =
                JournalSchema.messageId(
                        session, Math.max(0, Math.min(before, JournalSchema.MAX_SEQ)));
        sizesDown.setLong(1, JournalSchema.messageId(session, 1));
        sizesDown.setLong(2, to);
        sizesDown.setInt(3, limit);
        Span span = span(sizesDown);
        return span.isEmpty()
                ? List.of()
                : entries(Math.max(span.farthest(), span.nearest() - limit + 1), span.nearest());
    }

    /// The message of an id, if it is there and not larger than that.
    public Optional<Entry> toEntry(long id, int mostBytes) throws SQLException {
        sizesUp.setLong(1, id - 1);
        sizesUp.setLong(2, id);
        sizesUp.setInt(3, 1);
        try (ResultSet row = sizesUp.executeQuery()) {
            if (!row.next() || row.getLong(2) > mostBytes) {
                return Optional.empty();
            }
        }
        return entries(id, id).stream().findFirst();
    }

    /// What a page reaches over: as many messages as fit, but one at least.
    private record Span(long nearest, long farthest) {
        boolean isEmpty() {
            return nearest < 0;
        }
    }

    private static Span span(PreparedStatement sizes) throws SQLException {
        long first = -1;
        long last = -1;
        long bytes = 0;
        try (ResultSet rows = sizes.executeQuery()) {
            while (rows.next()) {
                bytes += rows.getLong(2);
                if (last >= 0 && bytes > PAGE_BYTES) {
                    break;
                }
                last = rows.getLong(1);
                first = first < 0 ? last : first;
            }
        }
        return new Span(first, last);
    }

    /// The messages of all ids from one to another. Rows that are gone or cannot be read are
    /// damage, as seqs are given without gaps.
    private List<Entry> entries(long from, long to) throws SQLException {
        bodies.setLong(1, from);
        bodies.setLong(2, to);
        List<Entry> entries = new ArrayList<>();
        long next = from;
        try (ResultSet rows = bodies.executeQuery()) {
            while (rows.next()) {
                long id = rows.getLong(1);
                fill(entries, next, id);
                entries.add(toEntry(id, rows.getBytes(2)));
                next = id + 1;
            }
        }
        fill(entries, next, to + 1);
        return entries;
    }

    private static void fill(List<Entry> entries, long from, long before) {
        for (long id = from; id < before; id++) {
            entries.add(new Entry(JournalSchema.seqOf(id), DamagedPageReader.NOTICE));
        }
    }

    static Entry toEntry(long id, byte[] body) {
        try {
            return new Entry(JournalSchema.seqOf(id), Message.parse(body));
        } catch (MalformedMessageException e) {
            return new Entry(JournalSchema.seqOf(id), DamagedPageReader.NOTICE);
        }
    }
}
