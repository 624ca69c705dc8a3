package dev.oriel.journal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where each session's next message goes, looked up once and remembered. Used in the writer's turn
/// only.
final class Places {
    private final PreparedStatement number;
    private final MessageTable messages;
    private final Map<UUID, Place> known = new HashMap<>();

    Places(Writer writer, MessageTable messages) throws SQLException {
        this.number = writer.prepare("SELECT number FROM session WHERE uuid = ?");
        this.messages = messages;
    }

    @Nullable Place find(UUID session) throws SQLException {
        Place place = known.get(session);
        if (place != null) {
            return place;
        }
        number.setBytes(1, Uuids.bytes(session));
        try (ResultSet row = number.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            long found = row.getLong(1);
            place = new Place(found, messages.lastSeq(found));
        }
        known.put(session, place);
        return place;
    }

    /// @throws IllegalStateException if there is no such session: a bug of the caller
    Place of(UUID session) throws SQLException {
        Place place = find(session);
        if (place == null) {
            throw new IllegalStateException("no session " + session);
        }
        return place;
    }

    /// To be called when the session is deleted.
    void forget(UUID session) {
        known.remove(session);
    }

    /// A session's number, and the seq of its last message.
    static final class Place {
        final long number;
        private long lastSeq;

        Place(long number, long lastSeq) {
            this.number = number;
            this.lastSeq = lastSeq;
        }

        /// @throws IllegalArgumentException if the messages would not follow without a gap: a bug
        ///   of the caller
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
