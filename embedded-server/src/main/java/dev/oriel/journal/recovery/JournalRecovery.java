package dev.oriel.journal.recovery;

import dev.oriel.journal.database.DamagedPageReader;
import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.journal.database.UuidCodec;
import dev.oriel.journal.database.SessionRows;
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

/// Copies what can be read of a damaged journal into a new one. A page that is damaged costs the
/// rows on it; sessions keep their numbers and messages their places.
///
/// One thread.
final class JournalRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);
    private static final int TOGETHER = 500;

    /// Behind a row that cannot be read the next ones are tried one by one, then in steps that
    /// grow: a page of the tables may hold some hundred rows, and a page above them many more.
    private static final int ONE_BY_ONE = 1_000;

    private final Connection from;
    private final Connection to;
    private long rows;

    private JournalRecovery(Connection from, Connection to) {
        this.from = from;
        this.to = to;
    }

    /// Reads all that has to be read to work with a journal, so that damage is met now.
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

    /// @param damaged the file, whose write-ahead log may stand beside it
    /// @param journal a new one, empty
    static void recover(Path damaged, Connection journal) throws SQLException {
        try (Connection from = SqliteConnections.openDamaged(damaged)) {
            new JournalRecovery(from, journal).run();
        }
    }

    private void run() throws SQLException {
        SqliteConnections.execute(to, "BEGIN IMMEDIATE");
        table("session", "number", 0, Integer.MAX_VALUE);
        table("prompt", "place", 0, Integer.MAX_VALUE);
        table("leaving", "session", 0, Integer.MAX_VALUE);
        Map<Long, UUID> sessions = sessions();
        List<UUID> damaged = new ArrayList<>();
        for (Map.Entry<Long, UUID> each : sessions.entrySet()) {
            long first = JournalSchema.messageId(each.getKey(), 0);
            long last = JournalSchema.messageId(each.getKey(), JournalSchema.MAX_SEQ);
            if (!table("message", "id", first, last)) {
                damaged.add(each.getValue());
                notice(first, last);
            }
        }
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

    /// Says in the session that something is missing, behind what could be read.
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

    /// Copies the rows of a table whose keys are above one and up to another.
    ///
    /// @return whether all could be read
    private boolean table(String name, String key, long above, long upTo) throws SQLException {
        List<String> columns = columns(name);
        boolean whole = !columns.isEmpty();
        long at = above;
        long failed = 0;
        while (at < upTo && !columns.isEmpty()) {
            Long reached = some(name, key, columns, at, upTo, failed == 0 ? TOGETHER : 1);
            if (reached == null) {
                whole = false;
                failed++;
                at += failed <= ONE_BY_ONE ? 1 : 1L << Math.min(40, failed - ONE_BY_ONE);
            } else if (reached == at) {
                return whole; // there are no more
            } else {
                at = reached;
                failed = 0;
            }
        }
        return whole;
    }

    /// @return the key of the last row that was copied, `at` if there was none; null where a row
    ///   cannot be read
    private @Nullable Long some(
            String name, String key, List<String> columns, long at, long upTo, int most)
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
            rowsOf.setInt(3, most);
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

    /// Those that both have: the damaged file may be of an older version.
    private List<String> columns(String table) throws SQLException {
        List<String> columns = names(to, table);
        try {
            columns.retainAll(names(from, table));
            return columns;
        } catch (SQLException e) {
            if (!SqliteErrors.isDamage(e)) {
                throw e;
            }
            return List.of(); // not even its tables can be read
        }
    }

    private static List<String> names(Connection of, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement all =
                        of.prepareStatement("SELECT name FROM pragma_table_info('" + table + "')");
                ResultSet each = all.executeQuery()) {
            while (each.next()) {
                names.add(each.getString(1));
            }
        }
        return names;
    }
}
