package dev.oriel.journal.database;

import dev.oriel.journal.SessionRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads rows of the `session` table: the queries, and the conversion of a row to a record.
public final class SessionRows {
    /// The last seq is not stored but looked up: one descent in the message table's tree instead of
    /// a session row that is rewritten at every append.
    private static final String LAST_SEQ =
            // Not %d, which writes the digits of the user's locale.
            "coalesce((SELECT max(id) & %1$s FROM message WHERE id BETWEEN number << 40 AND (number << 40) + %1$s), 0)"
                    .formatted(JournalSchema.MAX_SEQ);

    /// Earlier versions stored longer titles and errors than a record holds. No more of them is
    /// read than the record needs.
    private static final String COLUMNS =
            "uuid, substr(title, 1, 1000), cwd, agent, conversation, model, permission_mode,"
                    + " pinned, archived, ended, cost_usd, substr(error, 1, 3000), origin, %s,"
                    + " created_at, updated_at, recency, %s";

    private static final String ORDER = " FROM session ORDER BY recency DESC, number DESC";

    /// All columns of one session, by its UUID.
    static final String SELECT_ONE =
            "SELECT " + COLUMNS.formatted("options", LAST_SEQ) + " FROM session WHERE uuid = ?";

    /// Of the options only the saved control requests, the account and the lineage; the rest can be
    /// large.
    private static final String SMALL_OPTIONS =
            "CASE WHEN json_valid(options) THEN nullif(json_patch('{}', json_object("
                    + member("controls", "array")
                    + ", "
                    + member("account", "text")
                    + ", "
                    + member("lineage", "object")
                    + ")), '{}') END";

    /// All sessions, the most recently changed first. Of their options only `controls`, `account`
    /// and `lineage`.
    public static final String SELECT_ALL =
            "SELECT " + COLUMNS.formatted(SMALL_OPTIONS, LAST_SEQ) + ORDER;

    /// As [#SELECT_ALL], for a file whose messages cannot be counted: the last seq is 0.
    static final String SELECT_ALL_UNCOUNTED =
            "SELECT " + COLUMNS.formatted(SMALL_OPTIONS, "0") + ORDER;

    /// Number and last seq of each session.
    static final String SELECT_LAST_SEQS = "SELECT number, " + LAST_SEQ + " FROM session";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private SessionRows() {}

    /// A member of the options that has the expected type, for `json_object`.
    private static String member(String name, String type) {
        String value =
                "CASE WHEN json_type(options, '$.%1$s') = '%2$s' THEN json_extract(options, '$.%1$s') END"
                        .formatted(name, type);
        return "'" + name + "', " + (type.equals("text") ? value : "json(" + value + ")");
    }

    /// @param row of [#SELECT_ONE], [#SELECT_ALL] or [#SELECT_ALL_UNCOUNTED]
    /// @return empty if the row is too damaged to be used
    static Optional<SessionRecord> toRecord(ResultSet row) throws SQLException {
        UUID id = uuid(row, 1);
        String cwd = row.getString(3);
        String agent = row.getString(4);
        String origin = row.getString(13);
        if (id == null || cwd == null || agent == null || origin == null) {
            return Optional.empty();
        }
        return Optional.of(toRecord(row, id, cwd, agent, origin));
    }

    private static SessionRecord toRecord(
            ResultSet row, UUID id, String cwd, String agent, String origin) throws SQLException {
        return new SessionRecord(
                id,
                row.getString(2),
                cwd,
                agent,
                uuid(row, 5),
                row.getString(6),
                row.getString(7),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getDouble(11),
                row.getString(12),
                origin,
                row.getString(14),
                toInstant(row.getLong(15)),
                toInstant(row.getLong(16)),
                row.getLong(17),
                row.getLong(18));
    }

    private static @Nullable UUID uuid(ResultSet row, int column) throws SQLException {
        return UuidCodec.decodeOrNull(row.getBytes(column));
    }

    /// @return nanoseconds since 1970, which fit into a `long` until 2262
    public static long toNanos(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    }

    private static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
