package dev.oriel.journal.database;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reads a page of messages one by one, after reading them at once failed because the file is
/// damaged: only a message that cannot be read is replaced by a notice.
///
/// Each statement is prepared anew, because the driver closes one that failed. One thread at a
/// time.
public final class DamagedPageReader {
    /// Replaces a message that cannot be read.
    public static final Message NOTICE =
            Message.of(
                    Json.object()
                            .put("type", MessageType.SYSTEM)
                            .put("subtype", SystemSubtype.ORIEL_NOTICE)
                            .put("level", "warning")
                            .put("code", "damaged")
                            .put(
                                    "text",
                                    "A message of this conversation cannot be read: the journal is"
                                            + " damaged at its place."));

    private final Connection connection;

    DamagedPageReader(Connection connection) {
        this.connection = connection;
    }

    /// See [JournalReader#messagesAfter].
    List<Entry> messagesAfter(long session, long after, int limit) throws SQLException {
        long last = JournalSchema.seqOf(last(session));
        List<Entry> page = new ArrayList<>();
        long bytes = 0;
        for (long seq = after + 1; seq <= last && page.size() < limit; seq++) {
            Entry entry = one(JournalSchema.messageId(session, seq));
            bytes += entry.body().length;
            if (!page.isEmpty() && bytes > JournalReader.PAGE_BYTES) {
                break;
            }
            page.add(entry);
        }
        return page;
    }

    /// See [JournalReader#messagesBefore].
    List<Entry> messagesBefore(long session, long before, int limit) throws SQLException {
        long last = JournalSchema.seqOf(last(session));
        List<Entry> page = new ArrayList<>();
        long bytes = 0;
        for (long seq = Math.min(before - 1, last); seq > 0 && page.size() < limit; seq--) {
            Entry entry = one(JournalSchema.messageId(session, seq));
            bytes += entry.body().length;
            if (!page.isEmpty() && bytes > JournalReader.PAGE_BYTES) {
                break;
            }
            page.add(entry);
        }
        return page.reversed();
    }

    private Entry one(long id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT body FROM message WHERE id = ?")) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    return JournalReader.toEntry(id, row.getBytes(1));
                }
            }
        } catch (SQLException e) {
            if (!SqliteErrors.isDamage(e)) {
                throw e;
            }
        }
        return new Entry(JournalSchema.seqOf(id), NOTICE);
    }

    /// The highest message id of a session. If the last messages cannot be read, the session cannot
    /// be appended to either, so that this failure is reported.
    private long last(long session) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT coalesce(max(id), 0) FROM message WHERE id BETWEEN ? AND ?")) {
            query.setLong(1, JournalSchema.messageId(session, 0));
            query.setLong(2, JournalSchema.messageId(session, JournalSchema.MAX_SEQ));
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
