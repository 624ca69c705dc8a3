package dev.oriel.journal.sqlite;

import dev.oriel.journal.database.UuidCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The number and the last seq of each session, cached after the first use. Positions advance
/// before the commit; after a failed transaction [JournalWriter] discards the whole index. Used
/// within its transactions only.
final class SessionIndex {
    private final PreparedStatement number;
    private final MessageTable messages;
    private final Map<UUID, Position> known = new HashMap<>();

    SessionIndex(JournalWriter writer, MessageTable messages) throws SQLException {
        this.number = writer.prepare("SELECT number FROM session WHERE uuid = ?");
        this.messages = messages;
    }

    @Nullable Position find(UUID session) throws SQLException {
        Position position = known.get(session);
        if (position != null) {
            return position;
        }
        number.setBytes(1, UuidCodec.encode(session));
        try (ResultSet row = number.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            long found = row.getLong(1);
            position = new Position(found, messages.lastSeq(found));
        }
        known.put(session, position);
        return position;
    }

    /// @throws IllegalStateException if the session does not exist, which is a bug of the caller
    Position require(UUID session) throws SQLException {
        Position position = find(session);
        if (position == null) {
            throw new IllegalStateException("no session " + session);
        }
        return position;
    }

    /// Must be called when the session is deleted.
    void remove(UUID session) {
        known.remove(session);
    }

    /// A session's number, and the seq of its last message.
    static final class Position {
        final long number;
        private long lastSeq;

        Position(long number, long lastSeq) {
            this.number = number;
            this.lastSeq = lastSeq;
        }

        /// @throws IllegalArgumentException if the messages do not follow the last one without a
        ///   gap, which is a bug of the caller
        void advance(long firstSeq, int count) {
            if (firstSeq != lastSeq + 1) {
                throw new IllegalArgumentException(
                        "seq " + firstSeq + " does not follow " + lastSeq);
            }
            lastSeq += count;
        }

        long lastSeq() {
            return lastSeq;
        }
    }
}
