package dev.oriel.journal;

import dev.oriel.journal.Journal.Entry;
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

/// One reading connection with its prepared statements. Used by one thread at a time.
final class Reader {
    /// A page of messages ends when it has so many bytes.
    static final long PAGE_BYTES = 4L * 1024 * 1024;

    private final Connection connection;
    private final PreparedStatement number;
    private final PreparedStatement uuid;
    private final PreparedStatement sizesUp;
    private final PreparedStatement sizesDown;
    private final PreparedStatement bodies;

    Reader(Connection connection) throws SQLException {
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

    Connection connection() {
        return connection;
    }

    /// The number of a session, if there is one.
    OptionalLong number(UUID session) throws SQLException {
        number.setBytes(1, Uuids.bytes(session));
        try (ResultSet row = number.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /// The session of a number, if there is one.
    Optional<UUID> id(long session) throws SQLException {
        uuid.setLong(1, session);
        try (ResultSet row = uuid.executeQuery()) {
            return row.next() ? Optional.of(Uuids.of(row.getBytes(1))) : Optional.empty();
        }
    }

    /// What tells this journal from every other.
    byte[] identity() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT identity FROM journal");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }

    /// Numbers of deleted sessions that still have messages.
    List<Long> leaving() throws SQLException {
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
    Map<Long, Long> lastSeqs() throws SQLException {
        Map<Long, Long> lasts = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SessionTable.SELECT_LAST_SEQS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                lasts.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return lasts;
    }

    List<SessionRecord> sessions() throws SQLException {
        try (PreparedStatement all =
                        connection.prepareStatement(
                                SessionTable.SELECT + " ORDER BY updated_at DESC, number DESC");
                ResultSet rows = all.executeQuery()) {
            List<SessionRecord> sessions = new ArrayList<>();
            while (rows.next()) {
                sessions.add(SessionTable.record(rows));
            }
            return sessions;
        }
    }

    Optional<SessionRecord> session(UUID id) throws SQLException {
        try (PreparedStatement one =
                connection.prepareStatement(SessionTable.SELECT + " WHERE uuid = ?")) {
            one.setBytes(1, Uuids.bytes(id));
            try (ResultSet row = one.executeQuery()) {
                return row.next() ? Optional.of(SessionTable.record(row)) : Optional.empty();
            }
        }
    }

    List<Entry> after(long session, long after, int limit) throws SQLException {
        long from = JournalSchema.id(session, Math.max(0, Math.min(after, JournalSchema.MAX_SEQ)));
        sizesUp.setLong(1, from);
        sizesUp.setLong(2, JournalSchema.id(session, JournalSchema.MAX_SEQ));
        sizesUp.setInt(3, limit);
        long to = farthest(sizesUp);
        return to < 0 ? List.of() : entries(from + 1, to);
    }

    List<Entry> before(long session, long before, int limit) throws SQLException {
        long to = JournalSchema.id(session, Math.max(0, Math.min(before, JournalSchema.MAX_SEQ)));
        sizesDown.setLong(1, JournalSchema.id(session, 1));
        sizesDown.setLong(2, to);
        sizesDown.setInt(3, limit);
        long from = farthest(sizesDown);
        return from < 0 ? List.of() : entries(from, to - 1);
    }

    /// The message of an id, if it is there and not larger than that.
    Optional<Entry> entry(long id, int mostBytes) throws SQLException {
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

    /// How far a page reaches: as many messages as fit, but one at least.
    private static long farthest(PreparedStatement sizes) throws SQLException {
        long last = -1;
        long bytes = 0;
        try (ResultSet rows = sizes.executeQuery()) {
            while (rows.next()) {
                bytes += rows.getLong(2);
                if (last >= 0 && bytes > PAGE_BYTES) {
                    break;
                }
                last = rows.getLong(1);
            }
        }
        return last;
    }

    private List<Entry> entries(long from, long to) throws SQLException {
        bodies.setLong(1, from);
        bodies.setLong(2, to);
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = bodies.executeQuery()) {
            while (rows.next()) {
                entries.add(new Entry(JournalSchema.seq(rows.getLong(1)), rows.getBytes(2)));
            }
        }
        return entries;
    }
}
