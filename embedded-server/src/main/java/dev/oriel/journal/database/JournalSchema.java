package dev.oriel.journal.database;

import java.time.Instant;
import java.util.List;

/// The tables of the journal.
///
/// `message.id` is the session's number shifted left by 40 bits, plus the seq. Messages of one
/// session are therefore adjacent and in order, without a second index. Numbers of sessions are
/// never reused. A message's seq follows the one before it without a gap, so that a missing row is
/// damage.
public final class JournalSchema {
    private static final int SEQ_BITS = 40;

    /// The highest seq of a session.
    public static final long MAX_SEQ = (1L << SEQ_BITS) - 1;

    /// "Orie" in ASCII.
    private static final int APPLICATION_ID = 0x4f726965;

    public static final VersionedSchema SCHEMA =
            new VersionedSchema(
                    APPLICATION_ID,
                    List.of(
                            version1(),
                            version2(),
                            version3(),
                            version4(),
                            version5(),
                            version6(),
                            version7(),
                            version8(),
                            version9()));

    /// Has the prompts of all sessions listed in the background.
    public static final String LIST_ALL_PROMPTS =
            """
            INSERT INTO unlisted_prompts (session, below)
            SELECT number, (number + 1) << 40 FROM session WHERE true
            ON CONFLICT (session) DO UPDATE SET below = excluded.below
            """;

    private JournalSchema() {}

    public static long messageId(long session, long seq) {
        return session << SEQ_BITS | seq;
    }

    public static long seqOf(long id) {
        return id & MAX_SEQ;
    }

    public static long sessionNumberOf(long id) {
        return id >> SEQ_BITS;
    }

    private static List<String> version1() {
        return List.of(
                """
                CREATE TABLE journal (
                    identity BLOB NOT NULL
                ) STRICT
                """,
                "INSERT INTO journal (identity) VALUES (randomblob(16))",
                """
                CREATE TABLE session (
                    number          INTEGER PRIMARY KEY AUTOINCREMENT,
                    uuid            BLOB NOT NULL UNIQUE,
                    title           TEXT,
                    cwd             TEXT NOT NULL,
                    agent           TEXT NOT NULL,
                    conversation    BLOB,
                    model           TEXT,
                    permission_mode TEXT,
                    pinned          INTEGER NOT NULL,
                    archived        INTEGER NOT NULL,
                    ended           INTEGER NOT NULL,
                    cost_usd        REAL NOT NULL,
                    error           TEXT,
                    created_at      INTEGER NOT NULL,
                    updated_at      INTEGER NOT NULL
                ) STRICT
                """,
                """
                CREATE TABLE message (
                    id   INTEGER PRIMARY KEY,
                    body BLOB NOT NULL
                ) STRICT
                """,
                // The state is `waiting`, `begun` or `cancelled`; waiting prompts are queued in the
                // order of `place`. A prompt's row remains after its turn, so that its UUID is
                // never accepted again. Its body is removed.
                """
                CREATE TABLE prompt (
                    place   INTEGER PRIMARY KEY AUTOINCREMENT,
                    session INTEGER NOT NULL,
                    uuid    BLOB NOT NULL,
                    body    BLOB,
                    state   TEXT NOT NULL,
                    UNIQUE (session, uuid)
                ) STRICT
                """,
                "CREATE INDEX prompt_waiting ON prompt (session, place) WHERE state = 'waiting'",
                // Numbers of sessions that were deleted and still have messages, which are deleted
                // in batches.
                "CREATE TABLE leaving (session INTEGER PRIMARY KEY) STRICT");
    }

    /// Sessions of all dialects, with the agent options of their clients.
    private static List<String> version2() {
        return List.of(
                "ALTER TABLE session ADD COLUMN origin TEXT NOT NULL DEFAULT 'sessions'",
                "ALTER TABLE session ADD COLUMN options TEXT");
    }

    /// Deltas of answers that are not complete. Each row holds what was saved at one time, one
    /// `stream_event` a line, when `after` was the seq of the session's last message.
    private static List<String> version3() {
        return List.of(
                """
                CREATE TABLE open_answer (
                    session INTEGER NOT NULL,
                    part    INTEGER NOT NULL,
                    after   INTEGER NOT NULL,
                    events  BLOB NOT NULL,
                    PRIMARY KEY (session, part)
                ) STRICT
                """);
    }

    /// The order of sessions by their last change, which times do not give if the clock was set
    /// back.
    private static List<String> version4() {
        return List.of(
                "ALTER TABLE session ADD COLUMN recency INTEGER NOT NULL DEFAULT 0",
                """
                UPDATE session SET recency = ranked.place FROM (
                    SELECT number AS which, row_number() OVER (ORDER BY updated_at, number) AS place FROM session
                ) AS ranked WHERE ranked.which = session.number
                """);
    }

    /// A guest's settings belong to the guest's prompts. Earlier versions applied the permission
    /// mode to the whole session, and thereby to the prompts of others.
    private static List<String> version5() {
        return List.of(
                "ALTER TABLE prompt ADD COLUMN setting TEXT",
                "UPDATE session SET permission_mode = NULL WHERE origin <> 'sessions'");
    }

    /// What all sessions have cost, also deleted ones, by quarters of an hour: midnight is at the
    /// end of one in every time zone. At most 96 rows a day. `updated_at` is in nanoseconds.
    private static List<String> version6() {
        return List.of(
                """
                CREATE TABLE IF NOT EXISTS spending (
                    quarter  INTEGER PRIMARY KEY,
                    cost_usd REAL NOT NULL
                ) STRICT
                """,
                """
                CREATE TRIGGER IF NOT EXISTS session_spending AFTER UPDATE OF cost_usd ON session
                WHEN NEW.cost_usd > OLD.cost_usd
                BEGIN
                    INSERT INTO spending (quarter, cost_usd)
                    VALUES (NEW.updated_at / 900000000000, NEW.cost_usd - OLD.cost_usd)
                    ON CONFLICT (quarter) DO UPDATE SET cost_usd = cost_usd + excluded.cost_usd;
                END
                """);
    }

    /// The prompts that have started, by the id of their message, in the order in which they
    /// started.
    private static List<String> version7() {
        return List.of(
                """
                CREATE TABLE IF NOT EXISTS sent_prompt (
                    place   INTEGER PRIMARY KEY AUTOINCREMENT,
                    message INTEGER NOT NULL UNIQUE
                ) STRICT
                """,
                """
                CREATE TRIGGER IF NOT EXISTS sent_prompt_deleted AFTER DELETE ON message
                BEGIN
                    DELETE FROM sent_prompt WHERE message = OLD.id;
                END
                """);
    }

    /// The sessions whose messages may be prompts from before version 7, each with the id under
    /// which its messages have not been searched. The prompts are listed in the background.
    private static List<String> version8() {
        return List.of(
                """
                CREATE TABLE IF NOT EXISTS unlisted_prompts (
                    session INTEGER PRIMARY KEY,
                    below   INTEGER NOT NULL
                ) STRICT
                """,
                """
                INSERT OR IGNORE INTO unlisted_prompts (session, below)
                SELECT number, (number + 1) << 40 FROM session
                """);
    }

    /// Large prompts without what is attached to them. Earlier versions did not list their texts,
    /// so all sessions are searched once more.
    private static List<String> version9() {
        return List.of(
                """
                CREATE TABLE IF NOT EXISTS large_prompt (
                    message INTEGER PRIMARY KEY,
                    body    BLOB NOT NULL
                ) STRICT
                """,
                """
                CREATE TRIGGER IF NOT EXISTS large_prompt_deleted AFTER DELETE ON sent_prompt
                BEGIN
                    DELETE FROM large_prompt WHERE message = OLD.message;
                END
                """,
                LIST_ALL_PROMPTS);
    }

    /// The key of a moment's row in the table `spending`.
    public static long quarterOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), 900);
    }
}
