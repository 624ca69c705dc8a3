package dev.oriel.journal.database;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection for reading, with its prepared statements. Used by one thread at a time.
public final class JournalReader {
    /// A page of messages ends when it exceeds this size. Each client that reads can hold one.
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
        // length() of a blob reads the row's header only, not the blob.
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

    /// The number of a session, if the session exists.
    public OptionalLong findSessionNumber(UUID session) throws SQLException {
        number.setBytes(1, UuidCodec.encode(session));
        try (ResultSet row = number.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /// The session of a number, if it exists and its row is not damaged.
    public Optional<UUID> findSessionId(long session) throws SQLException {
        uuid.setLong(1, session);
        try (ResultSet row = uuid.executeQuery()) {
            return row.next()
                    ? Optional.ofNullable(UuidCodec.decodeOrNull(row.getBytes(1)))
                    : Optional.empty();
        }
    }

    /// The journal's random id, 16 bytes.
    public byte[] identity() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT identity FROM journal");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }

    /// What all sessions have cost since the quarter of an hour that a moment is in, US dollars.
    public double costSince(Instant from) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT coalesce(sum(cost_usd), 0.0) FROM spending WHERE quarter >= ?")) {
            query.setLong(1, JournalSchema.quarterOf(from));
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getDouble(1) : 0;
            }
        }
    }

    /// Numbers of deleted sessions that still have messages.
    public List<Long> deletedSessionNumbers() throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT session FROM leaving");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    /// The last seq of each session, by the session's number.
    Map<Long, Long> lastSeqs() throws SQLException {
        Map<Long, Long> lasts = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SessionRows.SELECT_LAST_SEQS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                lasts.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return lasts;
    }

    /// As [#lastSeqs], if the messages cannot be counted because the file is damaged: each last seq
    /// is the highest possible one.
    Map<Long, Long> uncountedLastSeqs() throws SQLException {
        Map<Long, Long> lasts = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT number FROM session");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                lasts.put(rows.getLong(1), JournalSchema.MAX_SEQ);
            }
        }
        return lasts;
    }

    List<SessionRecord> sessions() throws SQLException {
        return sessions(SessionRows.SELECT_ALL);
    }

    /// As [#sessions], if the messages cannot be counted because the file is damaged: each last seq
    /// is 0.
    List<SessionRecord> sessionsUncounted() throws SQLException {
        return sessions(SessionRows.SELECT_ALL_UNCOUNTED);
    }

    /// Omits rows that are too damaged to be used.
    private List<SessionRecord> sessions(String select) throws SQLException {
        try (PreparedStatement all = connection.prepareStatement(select);
                ResultSet rows = all.executeQuery()) {
            List<SessionRecord> sessions = new ArrayList<>();
            while (rows.next()) {
                SessionRows.toRecord(rows)
                        .ifPresentOrElse(
                                sessions::add,
                                () -> LOG.warn("A session is omitted because its row is damaged."));
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

    /// The message of an id, if it exists and is not larger than the limit.
    public Optional<Entry> findMessage(long id, int maxBytes) throws SQLException {
        sizesUp.setLong(1, id - 1);
        sizesUp.setLong(2, id);
        sizesUp.setInt(3, 1);
        try (ResultSet row = sizesUp.executeQuery()) {
            if (!row.next() || row.getLong(2) > maxBytes) {
                return Optional.empty();
            }
        }
        return entries(id, id).stream().findFirst();
    }

    /// The ids of a page: as many messages as fit, but at least one. Negative if there are none.
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

    /// The messages with ids in a range. Seqs have no gaps, so that a missing row is damage: a
    /// notice replaces it.
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
