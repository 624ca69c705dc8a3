package dev.oriel.journal.search;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.SqlStep;
import dev.oriel.journal.database.SqliteConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The words of all messages and their positions. One connection, used by one thread at a time.
final class SearchIndex implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement marker;
    private final PreparedStatement mark;
    private final PreparedStatement unmark;
    private final PreparedStatement addDoc;
    private final PreparedStatement addText;
    private final PreparedStatement docs;
    private final PreparedStatement removeDoc;
    private final PreparedStatement removeText;

    SearchIndex(Connection connection) throws SQLException {
        this.connection = connection;
        marker = connection.prepareStatement("SELECT indexed_seq FROM marker WHERE session = ?");
        mark =
                connection.prepareStatement(
                        "INSERT INTO marker (session, indexed_seq) VALUES (?, ?) ON CONFLICT"
                                + " (session) DO UPDATE SET indexed_seq = excluded.indexed_seq");
        unmark = connection.prepareStatement("DELETE FROM marker WHERE session = ?");
        addDoc = connection.prepareStatement("INSERT INTO doc (message) VALUES (?) RETURNING id");
        addText = connection.prepareStatement("INSERT INTO found (rowid, text) VALUES (?, ?)");
        docs =
                connection.prepareStatement(
                        "SELECT id FROM doc WHERE message BETWEEN ? AND ? ORDER BY message LIMIT"
                                + " ?");
        removeDoc = connection.prepareStatement("DELETE FROM doc WHERE id = ?");
        removeText = connection.prepareStatement("DELETE FROM found WHERE rowid = ?");
    }

    /// Seq of the last indexed message of each session, by the session's number.
    Map<Long, Long> markers() throws SQLException {
        Map<Long, Long> markers = new LinkedHashMap<>();
        try (PreparedStatement all =
                        connection.prepareStatement("SELECT session, indexed_seq FROM marker");
                ResultSet rows = all.executeQuery()) {
            while (rows.next()) {
                markers.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return markers;
    }

    long marker(long session) throws SQLException {
        marker.setLong(1, session);
        try (ResultSet row = marker.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /// Indexes messages that follow the marker, and advances it.
    void add(long session, List<Entry> entries) throws SQLException {
        transaction(() -> {
            for (Entry entry : entries) {
                String text = SearchableText.from(entry.body());
                if (!text.isBlank()) {
                    add(JournalSchema.messageId(session, entry.seq()), text);
                }
            }
            mark.setLong(1, session);
            mark.setLong(2, entries.getLast().seq());
            mark.executeUpdate();
        });
    }

    /// Removes some messages of a deleted session.
    ///
    /// @return whether messages remain
    boolean remove(long session, int limit) throws SQLException {
        List<Long> batch = new ArrayList<>();
        docs.setLong(1, JournalSchema.messageId(session, 0));
        docs.setLong(2, JournalSchema.messageId(session, JournalSchema.MAX_SEQ));
        docs.setInt(3, limit);
        try (ResultSet rows = docs.executeQuery()) {
            while (rows.next()) {
                batch.add(rows.getLong(1));
            }
        }
        transaction(() -> {
            for (long doc : batch) {
                removeText.setLong(1, doc);
                removeText.executeUpdate();
                removeDoc.setLong(1, doc);
                removeDoc.executeUpdate();
            }
            if (batch.size() < limit) {
                unmark.setLong(1, session);
                unmark.executeUpdate();
            }
        });
        return batch.size() == limit;
    }

    /// Reports the ids of matching messages, the last indexed first, until the handler has enough.
    ///
    /// @param session its number; -1 for all
    void find(String match, long session, MatchHandler handler)
            throws SQLException, JournalException {
        String condition = session < 0 ? "" : " AND doc.message BETWEEN ? AND ?";
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT doc.message FROM found JOIN doc ON doc.id = found.rowid WHERE found"
                                + " MATCH ?"
                                + condition
                                + " ORDER BY found.rowid DESC")) {
            query.setString(1, match);
            if (session >= 0) {
                query.setLong(2, JournalSchema.messageId(session, 0));
                query.setLong(3, JournalSchema.messageId(session, JournalSchema.MAX_SEQ));
            }
            try (ResultSet rows = query.executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    more = handler.onMatch(rows.getLong(1));
                }
            }
        }
    }

    /// The parts of texts around the words found. The texts are inserted into a table in memory,
    /// which splits words as the index does.
    List<String> snippets(String match, List<String> texts) throws SQLException {
        List<String> snippets = new ArrayList<>();
        transaction(() -> {
            try (PreparedStatement put =
                            connection.prepareStatement(
                                    "INSERT INTO temp.shown (rowid, text) VALUES (?, ?)");
                    PreparedStatement cut =
                            connection.prepareStatement(
                                    "SELECT snippet(shown, 0, ?, ?, '…', 24) FROM temp.shown"
                                            + " WHERE shown MATCH ? AND rowid = ?")) {
                for (int i = 0; i < texts.size(); i++) {
                    put.setInt(1, i);
                    put.setString(2, SearchTokenizer.insertBreaks(texts.get(i)));
                    put.executeUpdate();
                    cut.setString(1, String.valueOf(SearchTokenizer.OPEN));
                    cut.setString(2, String.valueOf(SearchTokenizer.CLOSE));
                    cut.setString(3, match);
                    cut.setInt(4, i);
                    try (ResultSet row = cut.executeQuery()) {
                        snippets.add(
                                row.next()
                                        ? SearchTokenizer.removeBreaks(row.getString(1)).strip()
                                        : "");
                    }
                }
            }
            SqliteConnections.execute(connection, "DELETE FROM temp.shown");
        });
        return snippets;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void add(long message, String text) throws SQLException {
        addDoc.setLong(1, message);
        long doc;
        try (ResultSet row = addDoc.executeQuery()) {
            row.next();
            doc = row.getLong(1);
        }
        addText.setLong(1, doc);
        addText.setString(2, SearchTokenizer.insertBreaks(text));
        addText.executeUpdate();
    }

    private void transaction(SqlStep step) throws SQLException {
        SqliteConnections.runInTransaction(connection, "BEGIN", step);
    }

    /// Receives the ids of matching messages one by one.
    @FunctionalInterface
    interface MatchHandler {
        /// @return whether further matches are wanted
        boolean onMatch(long message) throws JournalException;
    }
}
