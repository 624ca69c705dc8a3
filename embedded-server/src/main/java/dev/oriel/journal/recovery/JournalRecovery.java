package dev.oriel.journal.recovery;

import dev.oriel.journal.database.DamagedPageReader;
import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.SessionRows;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.journal.database.UuidCodec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies the readable rows of a damaged journal to a new one. Only the rows on a damaged page are
/// lost. Sessions keep their numbers and messages their positions.
///
/// Used by one thread.
final class JournalRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);
    private static final int ROWS_PER_QUERY = 500;

    /// After a row that cannot be read, the next ones are tried one by one, then at increasing
    /// distances: one page of a table can hold several hundred rows, and an interior page many
    /// more.
    private static final int MAX_SINGLE_STEPS = 1_000;

    private final Connection from;
    private final Connection to;
    private long rows;

    private JournalRecovery(Connection from, Connection to) {
        this.from = from;
        this.to = to;
    }

    /// Reads what is necessary to work with a journal, so that damage is detected at once.
    static void requireReadable(Connection journal) throws SQLException {
        for (String query :
                List.of(SessionRows.SELECT_ALL, "SELECT max(id) FROM message", PROMPTS)) {
            try (PreparedStatement all = journal.prepareStatement(query);
                    ResultSet each = all.executeQuery()) {
                while (each.next()) {
                    each.getBytes(1);
                }
            }
        }
    }

    private static final String PROMPTS = "SELECT max(place) FROM prompt";

    /// @param damaged the file; its write-ahead log can be beside it
    /// @param journal a new, empty one
    static void recover(Path damaged, Connection journal) throws SQLException {
        try (Connection from = SqliteConnections.openDamaged(damaged)) {
            new JournalRecovery(from, journal).run();
        }
    }

    private void run() throws SQLException {
        SqliteConnections.execute(to, "BEGIN IMMEDIATE");
        copyTable("session", "number", 0, Integer.MAX_VALUE);
        copyTable("prompt", "place", 0, Integer.MAX_VALUE);
        copyTable("spending", "quarter", 0, Integer.MAX_VALUE);
        copyTable("sent_prompt", "place", 0, Integer.MAX_VALUE);
        copyTable("leaving", "session", 0, Integer.MAX_VALUE);
        Map<Long, UUID> sessions = sessions();
        List<UUID> damaged = new ArrayList<>();
        for (Map.Entry<Long, UUID> each : sessions.entrySet()) {
            long first = JournalSchema.messageId(each.getKey(), 0);
            long last = JournalSchema.messageId(each.getKey(), JournalSchema.MAX_SEQ);
            if (!copyTable("message", "id", first, last)) {
                damaged.add(each.getValue());
                notice(first, last);
            }
        }
        // The lists of prompts were not copied whole.
        SqliteConnections.execute(to, JournalSchema.LIST_ALL_PROMPTS);
        SqliteConnections.execute(to, "COMMIT");
        LOG.error(
                "The journal was damaged. {} rows of it were copied into a new one, with {}"
                        + " sessions; in these something is missing at the end or in between: {}",
                rows,
                sessions.size(),
                damaged);
    }

    private Map<Long, UUID> sessions() throws SQLException {
        Map<Long, UUID> found = new LinkedHashMap<>();
        try (PreparedStatement all = to.prepareStatement("SELECT number, uuid FROM session");
                ResultSet each = all.executeQuery()) {
            while (each.next()) {
                UUID uuid = UuidCodec.decodeOrNull(each.getBytes(2));
                if (uuid != null) {
                    found.put(each.getLong(1), uuid);
                }
            }
        }
        return found;
    }

    /// Appends a notice to a session: messages are missing after the readable ones.
    private void notice(long first, long last) throws SQLException {
        try (PreparedStatement insert =
                to.prepareStatement(
                        "INSERT INTO message (id, body) SELECT coalesce(max(id), ?) + 1, ? FROM"
                                + " message WHERE id BETWEEN ? AND ?")) {
            insert.setLong(1, first);
            insert.setBytes(2, DamagedPageReader.NOTICE.bytes());
            insert.setLong(3, first);
            insert.setLong(4, last);
            insert.executeUpdate();
        }
    }

    /// Copies the rows of a table with keys in a range.
    ///
    /// @return whether all rows could be read
    private boolean copyTable(String name, String key, long above, long upTo) throws SQLException {
        List<String> columns = columns(name);
        boolean complete = !columns.isEmpty();
        long at = above;
        long failed = 0;
        while (at < upTo && !columns.isEmpty()) {
            Long reached = copyRows(name, key, columns, at, upTo, failed == 0 ? ROWS_PER_QUERY : 1);
            if (reached == null) {
                complete = false;
                failed++;
                at +=
                        failed <= MAX_SINGLE_STEPS
                                ? 1
                                : 1L << Math.min(40, failed - MAX_SINGLE_STEPS);
            } else if (reached == at) {
                return complete; // there are no more
            } else {
                at = reached;
                failed = 0;
            }
        }
        return complete;
    }

    /// @return key of the last copied row, or `at` if there was none; null if a row cannot be read
    private @Nullable Long copyRows(
            String name, String key, List<String> columns, long at, long upTo, int limit)
            throws SQLException {
        String list = String.join(", ", columns);
        String marks = "?" + ", ?".repeat(columns.size() - 1);
        long reached = at;
        try (PreparedStatement rowsOf =
                        from.prepareStatement(
                                "SELECT %s, %s FROM %s WHERE %s > ? AND %s <= ? ORDER BY %s LIMIT ?"
                                        .formatted(key, list, name, key, key, key));
                PreparedStatement insert =
                        to.prepareStatement(
                                "INSERT OR REPLACE INTO %s (%s) VALUES (%s)"
                                        .formatted(name, list, marks))) {
            rowsOf.setLong(1, at);
            rowsOf.setLong(2, upTo);
            rowsOf.setInt(3, limit);
            try (ResultSet row = rowsOf.executeQuery()) {
                while (row.next()) {
                    for (int i = 1; i <= columns.size(); i++) {
                        insert.setObject(i, row.getObject(i + 1));
                    }
                    insert.executeUpdate();
                    reached = row.getLong(1);
                    rows++;
                }
            }
            return reached;
        } catch (SQLException e) {
            if (!SqliteErrors.isDamage(e)) {
                throw e;
            }
            return reached == at ? null : Long.valueOf(reached);
        }
    }

    /// The columns that both files have: the damaged one can be of an older version.
    private List<String> columns(String copyTable) throws SQLException {
        List<String> columns = names(to, copyTable);
        try {
            columns.retainAll(names(from, copyTable));
            return columns;
        } catch (SQLException e) {
            if (!SqliteErrors.isDamage(e)) {
                throw e;
            }
            return List.of(); // the table cannot be read at all
        }
    }

    private static List<String> names(Connection of, String copyTable) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement all =
                        of.prepareStatement(
                                "SELECT name FROM pragma_table_info('" + copyTable + "')");
                ResultSet each = all.executeQuery()) {
            while (each.next()) {
                names.add(each.getString(1));
            }
        }
        return names;
    }
}
