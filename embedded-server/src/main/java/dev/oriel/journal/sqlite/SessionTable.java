package dev.oriel.journal.sqlite;

import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.UuidCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sessions in the journal: how a record becomes a row, and back.
public final class SessionTable {
    /// The last seq is not kept but looked up: one step down the messages' tree, and no row to
    /// rewrite at every append.
    private static final String LAST_SEQ =
            "coalesce((SELECT max(id) & %1$d FROM message WHERE id BETWEEN number << 40 AND (number << 40) + %1$d), 0)"
                    .formatted(JournalSchema.MAX_SEQ);

    /// A title that an older Oriel took may be longer than a record holds: no more of it is read
    /// than a line is made of.
    private static final String COLUMNS =
            "uuid, substr(title, 1, 1000), cwd, agent, conversation, model, permission_mode,"
                    + " pinned, archived, ended, cost_usd, substr(error, 1, 3000), origin, %s,"
                    + " created_at, updated_at, recency, %s";

    /// All of one session.
    public static final String SELECT_ONE =
            "SELECT " + COLUMNS.formatted("options", LAST_SEQ) + " FROM session WHERE uuid = ?";

    /// What a list shows of every session.
    public static final String SELECT_ALL =
            "SELECT "
                    + COLUMNS.formatted("NULL", LAST_SEQ)
                    + " FROM session ORDER BY recency DESC, number DESC";

    /// The same, for a file whose messages cannot be counted.
    public static final String SELECT_ALL_UNCOUNTED =
            "SELECT "
                    + COLUMNS.formatted("NULL", "0")
                    + " FROM session ORDER BY recency DESC, number DESC";

    public static final String SELECT_LAST_SEQS = "SELECT number, " + LAST_SEQ + " FROM session";

    private final PreparedStatement save;
    private final PreparedStatement delete;
    private final PreparedStatement deletePrompts;
    private final PreparedStatement leave;

    SessionTable(JournalWriter writer) throws SQLException {
        save =
                writer.prepare(
                        """
                        INSERT INTO session (uuid, title, cwd, agent, conversation, model, permission_mode, pinned, archived,
                            ended, cost_usd, error, origin, options, created_at, updated_at, recency)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (uuid) DO UPDATE SET title = excluded.title, cwd = excluded.cwd, agent = excluded.agent,
                            conversation = excluded.conversation, model = excluded.model,
                            permission_mode = excluded.permission_mode, pinned = excluded.pinned,
                            archived = excluded.archived, ended = excluded.ended, cost_usd = excluded.cost_usd,
                            error = excluded.error, origin = excluded.origin,
                            options = excluded.options, created_at = excluded.created_at, updated_at = excluded.updated_at,
                            recency = excluded.recency
                        """);
        delete = writer.prepare("DELETE FROM session WHERE number = ?");
        deletePrompts = writer.prepare("DELETE FROM prompt WHERE session = ?");
        leave = writer.prepare("INSERT INTO leaving (session) VALUES (?)");
    }

    void save(SessionRecord s) throws SQLException {
        save.setBytes(1, UuidCodec.encode(s.id()));
        save.setString(2, s.title());
        save.setString(3, s.cwd());
        save.setString(4, s.agent());
        save.setBytes(5, UuidCodec.encodeNullable(s.conversation()));
        save.setString(6, s.model());
        save.setString(7, s.permissionMode());
        save.setBoolean(8, s.pinned());
        save.setBoolean(9, s.archived());
        save.setBoolean(10, s.ended());
        save.setDouble(11, s.costUsd());
        save.setString(12, s.error());
        save.setString(13, s.origin());
        save.setString(14, s.options());
        save.setLong(15, nanos(s.createdAt()));
        save.setLong(16, nanos(s.updatedAt()));
        save.setLong(17, s.recency());
        save.executeUpdate();
    }

    /// Takes the session out of sight; its messages are left to [MessageTable#deleteBatch].
    void delete(long number) throws SQLException {
        for (PreparedStatement statement : new PreparedStatement[] {delete, deletePrompts, leave}) {
            statement.setLong(1, number);
            statement.executeUpdate();
        }
    }

    /// @param row of [#SELECT_ONE] or [#SELECT_ALL]
    /// @return empty if the row is damaged beyond use
    public static Optional<SessionRecord> record(ResultSet row) throws SQLException {
        UUID id = uuid(row, 1);
        String cwd = row.getString(3);
        String agent = row.getString(4);
        String origin = row.getString(13);
        if (id == null || cwd == null || agent == null || origin == null) {
            return Optional.empty();
        }
        return Optional.of(record(row, id, cwd, agent, origin));
    }

    private static SessionRecord record(
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
                instant(row.getLong(15)),
                instant(row.getLong(16)),
                row.getLong(17),
                row.getLong(18));
    }

    private static @Nullable UUID uuid(ResultSet row, int column) throws SQLException {
        return UuidCodec.decodeOrNull(row.getBytes(column));
    }

    /// Nanoseconds since 1970; they fit until 2262.
    private static long nanos(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
