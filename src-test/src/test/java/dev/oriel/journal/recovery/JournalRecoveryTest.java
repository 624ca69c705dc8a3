package dev.oriel.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.database.DamagedPageReader;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a new journal receives from a damaged one.
class JournalRecoveryTest {
    private static final int PAGE_BYTES = OpenedJournal.PAGE_BYTES;

    @TempDir Path folder;
    private final UUID first = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private final UUID second = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private Path damaged;
    private Path fresh;

    @BeforeEach
    void name() {
        damaged = folder.resolve("damaged.db");
        fresh = folder.resolve("fresh.db");
    }

    private void fill(int messages, String text) throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(damaged)) {
            for (UUID session : List.of(first, second)) {
                journal.save(JournalFixtures.session(session));
                journal.append(
                        session,
                        1,
                        IntStream.range(0, messages)
                                .<Message>mapToObj(_ -> JournalFixtures.answer(text))
                                .toList());
            }
        }
    }

    /// Recovers into a new journal, and opens that.
    private SqliteJournal recover() throws Exception {
        try (Connection to = OpenedJournal.open(fresh).connection()) {
            JournalRecovery.recover(damaged, to);
        }
        return SqliteJournal.open(fresh);
    }

    /// Numbers of the pages with messages, in the order of the messages.
    private List<Long> leaves() throws SQLException {
        List<Long> pages = new ArrayList<>();
        try (Connection database = SqliteConnections.open(damaged, 100);
                ResultSet rows =
                        database.createStatement()
                                .executeQuery(
                                        "SELECT pageno FROM dbstat WHERE name = 'message' AND"
                                                + " pagetype = 'leaf' ORDER BY path")) {
            while (rows.next()) {
                pages.add(rows.getLong(1));
            }
        }
        return pages;
    }

    private void overwrite(List<Long> pages) throws Exception {
        try (var bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
            for (long page : pages) {
                bytes.seek((page - 1) * PAGE_BYTES);
                bytes.write(new byte[PAGE_BYTES]);
            }
        }
    }

    private void change(String... statements) throws SQLException {
        try (Connection database = SqliteConnections.open(damaged, 100)) {
            for (String each : statements) {
                SqliteConnections.execute(database, each);
            }
        }
    }

    private static List<Long> seqs(List<Entry> entries) {
        return entries.stream().map(Entry::seq).toList();
    }

    private static long lost(List<Entry> entries) {
        return entries.stream().filter(e -> e.message().equals(DamagedPageReader.NOTICE)).count();
    }

    @Test
    void everythingOfASoundJournalIsCopied() throws Exception {
        fill(1_100, "hello");
        UUID waiting = UUID.randomUUID();
        UUID cancelled = UUID.randomUUID();
        try (SqliteJournal journal = SqliteJournal.open(damaged)) {
            journal.enqueue(first, waiting, UserMessages.prompt(waiting, "wait"), "{}");
            journal.enqueue(first, cancelled, UserMessages.prompt(cancelled, "no"));
            journal.cancelPrompt(first, cancelled);
        }
        try (SqliteJournal journal = recover()) {
            assertThat(journal.sessions())
                    .extracting(SessionRecord::id)
                    .containsExactlyInAnyOrder(first, second);
            for (UUID session : List.of(first, second)) {
                List<Entry> entries = journal.messagesAfter(session, 0, 5_000);
                assertThat(seqs(entries))
                        .isEqualTo(LongStream.rangeClosed(1, 1_100).boxed().toList());
                assertThat(lost(entries)).isZero();
            }
            assertThat(journal.queuedPrompts(first))
                    .containsExactly(
                            new QueuedPrompt(waiting, UserMessages.prompt(waiting, "wait"), "{}"));
            assertThat(journal.isPromptCancelled(first, cancelled)).isTrue();
        }
    }

    @Test
    void messagesKeepTheirPositionsAroundADamagedPageAndANoticeFollowsThem() throws Exception {
        fill(200, "x".repeat(500));
        List<Long> leaves = leaves();
        overwrite(List.of(leaves.get(2)));
        try (SqliteJournal journal = recover()) {
            List<Entry> entries = journal.messagesAfter(first, 0, 1_000);
            assertThat(seqs(entries)).isEqualTo(LongStream.rangeClosed(1, 201).boxed().toList());
            assertThat(lost(entries)).isBetween(20L, 40L);
            assertThat(entries.getLast().message()).isEqualTo(DamagedPageReader.NOTICE);
            assertThat(entries.get(199).message()).isNotEqualTo(DamagedPageReader.NOTICE);
            assertThat(journal.findSession(second).orElseThrow().lastSeq())
                    .as("without a notice")
                    .isEqualTo(200);
        }
    }

    @Test
    void afterAVeryLongGapTheRestIsFound() throws Exception {
        fill(8_000, "");
        List<Long> leaves = leaves();
        int begin = leaves.size() / 8;
        overwrite(leaves.subList(begin, begin * 3));
        try (SqliteJournal journal = recover()) {
            assertThat(journal.findSession(first).orElseThrow().lastSeq()).isEqualTo(8_001);
            long found = 0;
            for (long after = 0; after < 8_001; ) {
                List<Entry> page = journal.messagesAfter(first, after, 1_000);
                found += page.size() - lost(page);
                after = page.getLast().seq();
            }
            assertThat(found).isBetween(2_500L, 4_500L);
            assertThat(journal.findSession(second).orElseThrow().lastSeq()).isEqualTo(8_000);
        }
    }

    @Test
    void aJournalOfAnOlderVersionIsCopiedWithTheColumnsThatItHas() throws Exception {
        fill(3, "hello");
        UUID waiting = UUID.randomUUID();
        try (SqliteJournal journal = SqliteJournal.open(damaged)) {
            journal.enqueue(first, waiting, UserMessages.prompt(waiting, "wait"));
        }
        change("ALTER TABLE prompt DROP COLUMN setting", "PRAGMA user_version = 4");
        try (SqliteJournal journal = recover()) {
            assertThat(journal.queuedPrompts(first))
                    .containsExactly(
                            new QueuedPrompt(waiting, UserMessages.prompt(waiting, "wait"), null));
        }
    }

    @Test
    void aSessionWithoutAValidIdLosesItsMessagesAndOthersDoNot() throws Exception {
        fill(3, "hello");
        change("UPDATE session SET uuid = x'01' WHERE number = 1");
        try (SqliteJournal journal = recover()) {
            assertThat(journal.sessions()).extracting(SessionRecord::id).containsExactly(second);
            assertThat(journal.messagesAfter(second, 0, 10)).hasSize(3);
        }
    }

    @Test
    void aTableThatIsMissingIsSkipped() throws Exception {
        fill(3, "hello");
        change("DROP TABLE prompt");
        try (SqliteJournal journal = recover()) {
            assertThat(journal.queuedPrompts(first)).isEmpty();
            assertThat(journal.messagesAfter(first, 0, 10)).hasSize(3);
        }
    }

    @Test
    void aFailureOtherThanDamageEndsTheRecovery() throws Exception {
        fill(3, "hello");
        try (Connection to = OpenedJournal.open(fresh).connection()) {
            SqliteConnections.execute(to, "PRAGMA query_only = ON");
            assertThatThrownBy(() -> JournalRecovery.recover(damaged, to))
                    .isInstanceOf(SQLException.class);
        }
    }
}
