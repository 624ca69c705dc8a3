package dev.oriel.journal.sqlite;

import dev.oriel.journal.database.JournalSchema;
import dev.oriel.message.Message;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Writes the `message` table. Used within [JournalWriter]'s transactions only.
final class MessageTable {
    /// Messages that one statement inserts. Most of a row's cost is the call into SQLite.
    private static final int ROWS_PER_INSERT = 32;

    /// Bytes that are deleted in one transaction.
    static final long BATCH_BYTES = 4L * 1024 * 1024;

    private static final int BATCH_ROWS = 2_000;

    private final PreparedStatement insertOne;
    private final PreparedStatement insertMany;
    private final PreparedStatement selectLast;
    private final PreparedStatement selectSizes;
    private final PreparedStatement deleteRange;
    private final PreparedStatement unmarkDeleted;

    MessageTable(JournalWriter writer) throws SQLException {
        insertOne = writer.prepare("INSERT INTO message (id, body) VALUES (?, ?)");
        insertMany =
                writer.prepare(
                        "INSERT INTO message (id, body) VALUES (?, ?)"
                                + ", (?, ?)".repeat(ROWS_PER_INSERT - 1));
        selectLast = writer.prepare("SELECT max(id) FROM message WHERE id BETWEEN ? AND ?");
        selectSizes =
                writer.prepare(
                        "SELECT id, length(body) FROM message WHERE id BETWEEN ? AND ? ORDER BY id"
                                + " LIMIT ?");
        deleteRange = writer.prepare("DELETE FROM message WHERE id BETWEEN ? AND ?");
        unmarkDeleted = writer.prepare("DELETE FROM leaving WHERE session = ?");
    }

    /// The last seq of a session, 0 if it has no messages.
    long lastSeq(long session) throws SQLException {
        selectLast.setLong(1, JournalSchema.messageId(session, 0));
        selectLast.setLong(2, JournalSchema.messageId(session, JournalSchema.MAX_SEQ));
        try (ResultSet row = selectLast.executeQuery()) {
            // max() of no rows is null, which is read as 0.
            return row.next() ? JournalSchema.seqOf(row.getLong(1)) : 0;
        }
    }

    void insert(long session, long firstSeq, List<Message> messages) throws SQLException {
        long id = JournalSchema.messageId(session, firstSeq);
        int done = 0;
        while (messages.size() - done >= ROWS_PER_INSERT) {
            for (int i = 0; i < ROWS_PER_INSERT; i++) {
                insertMany.setLong(2 * i + 1, id++);
                insertMany.setBytes(2 * i + 2, messages.get(done++).bytes());
            }
            insertMany.executeUpdate();
        }
        while (done < messages.size()) {
            insertOne.setLong(1, id++);
            insertOne.setBytes(2, messages.get(done++).bytes());
            insertOne.executeUpdate();
        }
    }

    /// Deletes some messages of a session that is being deleted, few enough that other writers do
    /// not wait long.
    ///
    /// @return whether messages remain
    boolean deleteBatch(long session) throws SQLException {
        long from = JournalSchema.messageId(session, 0);
        long to = -1;
        long bytes = 0;
        selectSizes.setLong(1, from);
        selectSizes.setLong(2, JournalSchema.messageId(session, JournalSchema.MAX_SEQ));
        selectSizes.setInt(3, BATCH_ROWS);
        try (ResultSet rows = selectSizes.executeQuery()) {
            while (bytes < BATCH_BYTES && rows.next()) {
                to = rows.getLong(1);
                bytes += rows.getLong(2);
            }
        }
        if (to < 0) {
            unmarkDeleted.setLong(1, session);
            unmarkDeleted.executeUpdate();
            return false;
        }
        deleteRange.setLong(1, from);
        deleteRange.setLong(2, to);
        deleteRange.executeUpdate();
        return true;
    }
}
