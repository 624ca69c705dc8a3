package dev.oriel.journal.sqlite;

import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.database.SessionRows;
import dev.oriel.journal.database.UuidCodec;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// Writes the `session` table; [SessionRows] reads it. Used within [JournalWriter]'s transactions
/// only.
final class SessionTable {
    private final PreparedStatement save;
    private final PreparedStatement delete;
    private final PreparedStatement deletePrompts;
    private final PreparedStatement markDeleted;

    SessionTable(JournalWriter writer) throws SQLException {
        save =
                writer.prepare(
                        """
                        INSERT INTO session (uuid, title, cwd, agent, conversation, model, permission_mode, \
                        pinned, archived,
                            ended, cost_usd, error, origin, options, created_at, updated_at, recency)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (uuid) DO UPDATE SET title = excluded.title, cwd = excluded.cwd, agent = \
                        excluded.agent,
                            conversation = excluded.conversation, model = excluded.model,
                            permission_mode = excluded.permission_mode, pinned = excluded.pinned,
                            archived = excluded.archived, ended = excluded.ended, cost_usd = excluded.cost_usd,
                            error = excluded.error, origin = excluded.origin,
                            options = excluded.options, created_at = excluded.created_at, updated_at = \
                        excluded.updated_at,
                            recency = excluded.recency
                        """);
        delete = writer.prepare("DELETE FROM session WHERE number = ?");
        deletePrompts = writer.prepare("DELETE FROM prompt WHERE session = ?");
        markDeleted = writer.prepare("INSERT INTO leaving (session) VALUES (?)");
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
        save.setLong(15, SessionRows.toNanos(s.createdAt()));
        save.setLong(16, SessionRows.toNanos(s.updatedAt()));
        save.setLong(17, s.recency());
        save.executeUpdate();
    }

    /// Deletes the session and its prompts, and marks its messages for deletion by
    /// [MessageTable#deleteBatch].
    void delete(long number) throws SQLException {
        for (PreparedStatement statement : List.of(delete, deletePrompts, markDeleted)) {
            statement.setLong(1, number);
            statement.executeUpdate();
        }
    }
}
