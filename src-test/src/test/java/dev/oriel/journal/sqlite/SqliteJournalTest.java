package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {
    @TempDir Path folder;
    private SqliteJournal journal;
    private UUID session;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        session = UUID.randomUUID();
        journal.save(JournalFixtures.session(session));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aSessionIsReadAsItWasSaved() throws Exception {
        SessionRecord full =
                new SessionRecord(
                        UUID.randomUUID(),
                        "Fix the roof",
                        "/home/anna/house",
                        "cli",
                        UUID.randomUUID(),
                        "claude-opus-5-5",
                        "plan",
                        true,
                        true,
                        true,
                        0.25,
                        "The agent ended.",
                        "enhanced",
                        "{\"max_thinking_tokens\":8000}",
                        Instant.parse("2026-01-02T03:04:05.123456789Z"),
                        Instant.parse("2026-02-03T04:05:06.7Z"),
                        7,
                        0);
        journal.save(full);
        reopen();
        assertThat(journal.findSession(full.id())).contains(full);
        assertThat(journal.findSession(session)).contains(JournalFixtures.session(session));
    }

    @Test
    void savingAgainChangesTheSessionAndKeepsItsMessages() throws Exception {
        say("one");
        journal.save(JournalFixtures.titled(session, "Renamed", Instant.EPOCH));
        assertThat(journal.findSession(session).orElseThrow().title()).isEqualTo("Renamed");
        assertThat(journal.findSession(session).orElseThrow().lastSeq()).isEqualTo(1);
        assertThat(journal.sessions()).hasSize(1);
    }

    @Test
    void sessionsAreListedInTheOrderOfTheirChangesWhateverTheClockSays() throws Exception {
        UUID first = UUID.randomUUID();
        UUID last = UUID.randomUUID();
        journal.save(JournalFixtures.changed(first, 1, Instant.parse("2101-01-01T00:00:00Z")));
        journal.save(JournalFixtures.changed(last, 2, Instant.parse("2001-01-01T00:00:00Z")));
        assertThat(journal.sessions())
                .extracting(SessionRecord::id)
                .containsExactly(last, first, session);
    }

    @Test
    void aJournalWithoutRecencyIsOrderedByTimes() throws Exception {
        UUID old = UUID.randomUUID();
        UUID young = UUID.randomUUID();
        journal.save(JournalFixtures.changed(young, 1, Instant.parse("2101-01-01T00:00:00Z")));
        journal.save(JournalFixtures.changed(old, 2, Instant.parse("2001-01-01T00:00:00Z")));
        journal.close();
        Path file = folder.resolve("journal.db");
        try (Connection older = SqliteConnections.open(file, 100)) {
            SqliteConnections.execute(older, "ALTER TABLE session DROP COLUMN recency");
            SqliteConnections.execute(older, "ALTER TABLE prompt DROP COLUMN setting");
            SqliteConnections.execute(older, "PRAGMA user_version = 3");
        }
        reopen();
        assertThat(journal.sessions())
                .extracting(SessionRecord::id)
                .containsExactly(young, session, old);
    }

    @Test
    void aModeThatAnEarlierVersionTookFromAGuestIsRemoved() throws Exception {
        UUID guests = UUID.randomUUID();
        journal.save(JournalFixtures.changed(guests, 2, Instant.EPOCH));
        journal.close();
        try (Connection older = SqliteConnections.open(folder.resolve("journal.db"), 100)) {
            SqliteConnections.execute(older, "UPDATE session SET permission_mode = 'acceptEdits'");
            SqliteConnections.execute(
                    older, "UPDATE session SET origin = 'manager' WHERE recency = 2");
            SqliteConnections.execute(older, "ALTER TABLE prompt DROP COLUMN setting");
            SqliteConnections.execute(older, "PRAGMA user_version = 4");
        }
        reopen();
        assertThat(journal.findSession(guests).orElseThrow().permissionMode()).isNull();
        assertThat(journal.findSession(session).orElseThrow().permissionMode())
                .isEqualTo("acceptEdits");
    }

    @Test
    void costsAreSummedUpByTimeAndOutliveTheirSessions() throws Exception {
        Instant evening = Instant.parse("2026-03-01T23:59:59Z");
        Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        UUID other = UUID.randomUUID();
        journal.save(StoredSession.of(other).costUsd(7).record());
        saveCost(session, 0.5, evening);
        saveCost(session, 0.75, midnight);
        saveCost(session, 0.75, midnight.plusSeconds(899));
        saveCost(session, 0.25, midnight.plusSeconds(900)); // it never falls, but must not count
        saveCost(other, 8, midnight);
        assertThat(journal.costSince(midnight)).isEqualTo(1.25);
        assertThat(journal.costSince(evening)).isEqualTo(1.75);
        assertThat(journal.costSince(midnight.plusSeconds(900))).isZero();
        assertThat(journal.costSince(Instant.EPOCH)).isEqualTo(1.75);
        journal.delete(other);
        reopen();
        assertThat(journal.costSince(midnight)).isEqualTo(1.25);
    }

    private void saveCost(UUID id, double cost, Instant at) throws Exception {
        journal.save(StoredSession.of(id).costUsd(cost).times(Instant.EPOCH, at).record());
    }

    @Test
    void aTitleIsOneBoundedLineAlsoIfAnEarlierVersionStoredMore() throws Exception {
        journal.save(
                JournalFixtures.titled(session, "two\n\tlines\u2028\u0007of it ", Instant.EPOCH));
        assertThat(journal.sessions().getFirst().title()).isEqualTo("two lines of it");
        journal.close();
        Path file = folder.resolve("journal.db");
        try (Connection older = SqliteConnections.open(file, 100)) {
            SqliteConnections.execute(
                    older, "UPDATE session SET title = replace(hex(zeroblob(500000)), '0', 'é')");
        }
        reopen();
        assertThat(journal.sessions().getFirst().title()).hasSize(200).endsWith("é…");
        assertThat(journal.findSession(session).orElseThrow().title()).hasSize(200);
    }

    @Test
    void messagesAreReadByteForByteAndInOrder() throws Exception {
        Message odd = Message.parse("{ \"type\" :\"x\", \"emoji\":\"\uD83C\uDFE1\", \"a\":  1 }");
        List<Message> batch =
                LongStream.rangeClosed(1, 100)
                        .mapToObj(i -> JournalFixtures.answer("number " + i))
                        .toList();
        journal.append(session, 1, List.of(odd));
        journal.append(session, 2, batch);
        reopen();
        List<Entry> page = journal.messagesAfter(session, 0, 1000);
        assertThat(page)
                .extracting(Entry::seq)
                .isEqualTo(LongStream.rangeClosed(1, 101).boxed().toList());
        assertThat(page.getFirst().body()).isEqualTo(odd.bytes());
        for (int i = 0; i < batch.size(); i++) {
            assertThat(page.get(i + 1).body()).isEqualTo(batch.get(i).bytes());
        }
        assertThat(journal.findSession(session).orElseThrow().lastSeq()).isEqualTo(101);
    }

    @Test
    void bothBoundsOfAPageAreExclusive() throws Exception {
        for (int i = 1; i <= 10; i++) {
            say("number " + i);
        }
        assertThat(seqs(journal.messagesAfter(session, 3, 4))).containsExactly(4L, 5L, 6L, 7L);
        assertThat(seqs(journal.messagesAfter(session, 10, 4))).isEmpty();
        assertThat(seqs(journal.messagesAfter(session, Long.MAX_VALUE, 4))).isEmpty();
        assertThat(seqs(journal.messagesBefore(session, 4, 2))).containsExactly(2L, 3L);
        assertThat(seqs(journal.messagesBefore(session, 3, 9))).containsExactly(1L, 2L);
        assertThat(seqs(journal.messagesBefore(session, Long.MAX_VALUE, 2)))
                .containsExactly(9L, 10L);
        assertThat(seqs(journal.messagesBefore(session, 1, 2))).isEmpty();
        assertThat(seqs(journal.messagesBefore(session, 0, 2))).isEmpty();
        assertThat(seqs(journal.messagesAfter(UUID.randomUUID(), 0, 2))).isEmpty();
    }

    @Test
    void aPageOfLargeMessagesIsShorterButNeverEmpty() throws Exception {
        String large = "x".repeat(3 * 1024 * 1024);
        for (int i = 0; i < 3; i++) {
            say(large);
        }
        say("x".repeat(9 * 1024 * 1024));
        assertThat(seqs(journal.messagesAfter(session, 0, 100))).containsExactly(1L);
        assertThat(seqs(journal.messagesAfter(session, 3, 100))).containsExactly(4L);
        assertThat(seqs(journal.messagesBefore(session, 4, 100))).containsExactly(3L);
        assertThat(seqs(journal.messagesBefore(session, 5, 100))).containsExactly(4L);
    }

    @Test
    void sessionsDoNotShareMessages() throws Exception {
        UUID other = UUID.randomUUID();
        journal.save(JournalFixtures.session(other));
        say("mine");
        journal.append(other, 1, List.of(JournalFixtures.answer("theirs")));
        assertThat(journal.messagesAfter(session, 0, 10)).hasSize(1);
        assertThat(journal.messagesBefore(other, Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void aGapOrARepetitionIsABugOfTheCallerAndChangesNothing() throws Exception {
        say("one");
        assertThatThrownBy(
                        () -> journal.append(session, 3, List.of(JournalFixtures.answer("three"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> journal.append(session, 1, List.of(JournalFixtures.answer("again"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        journal.append(
                                UUID.randomUUID(), 1, List.of(JournalFixtures.answer("who"))))
                .isInstanceOf(IllegalStateException.class);
        say("two");
        assertThat(seqs(journal.messagesAfter(session, 0, 10))).containsExactly(1L, 2L);
    }

    @Test
    void promptsAreQueuedInOrderAndSurviveARestart() throws Exception {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        assertThat(journal.enqueue(session, first, UserMessages.prompt(first, "first"))).isTrue();
        assertThat(journal.enqueue(session, second, UserMessages.prompt(second, "second")))
                .isTrue();
        reopen();
        assertThat(journal.queuedPrompts(session))
                .containsExactly(
                        new QueuedPrompt(first, UserMessages.prompt(first, "first")),
                        new QueuedPrompt(second, UserMessages.prompt(second, "second")));
        journal.startPrompt(session, first, 1, UserMessages.prompt(first, "first"));
        assertThat(journal.queuedPrompts(session))
                .extracting(QueuedPrompt::uuid)
                .containsExactly(second);
        assertThat(journal.messagesAfter(session, 0, 10).getFirst().body())
                .isEqualTo(UserMessages.prompt(first, "first").bytes());
        journal.append(session, 2, List.of(JournalFixtures.answer("answer")));
    }

    @Test
    void theOrderOfQueuedPromptsCanBeChangedAndSurvivesReopening() throws Exception {
        UUID other = UUID.randomUUID();
        journal.save(StoredSession.of(other).record());
        List<UUID> prompts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            UUID prompt = UUID.randomUUID();
            journal.enqueue(session, prompt, UserMessages.prompt(prompt, "p" + i));
            UUID elsewhere = UUID.randomUUID();
            journal.enqueue(other, elsewhere, UserMessages.prompt(elsewhere, "o" + i));
            prompts.add(prompt);
        }
        List<UUID> untouched = queued(other);
        List<UUID> order = List.of(prompts.get(2), prompts.get(0), prompts.get(3), prompts.get(1));
        journal.reorderPrompts(session, order);
        assertThat(queued(session)).isEqualTo(order);
        UUID later = UUID.randomUUID();
        journal.enqueue(session, later, UserMessages.prompt(later, "later"));
        reopen();
        assertThat(queued(session)).startsWith(order.toArray(UUID[]::new)).endsWith(later);
        assertThat(queued(other)).isEqualTo(untouched);
    }

    @Test
    void promptsThatHaveStartedAreListedTheLastFirstByFolder() throws Exception {
        UUID other = UUID.randomUUID();
        journal.save(StoredSession.of(other).cwd("/elsewhere").record());
        String here = journal.findSession(session).orElseThrow().cwd();
        start(session, 1, "one");
        start(other, 1, "two");
        start(session, 2, "three");
        UUID waiting = UUID.randomUUID();
        journal.enqueue(session, waiting, UserMessages.prompt(waiting, "waiting"));
        start(other, 2, "x".repeat(300_000));
        reopen();
        assertThat(past(null)).containsExactly("three", "two", "one");
        assertThat(past(here)).containsExactly("three", "one");
        long last = journal.pastPrompts(null, Long.MAX_VALUE, 1).getFirst().place();
        assertThat(journal.pastPrompts(null, last, 1).getFirst().session()).isEqualTo(other);
        journal.delete(session);
        Awaitility.await().untilAsserted(() -> assertThat(past(null)).containsExactly("two"));
    }

    private void start(UUID in, long seq, String text) throws JournalException {
        UUID prompt = UUID.randomUUID();
        journal.enqueue(in, prompt, UserMessages.prompt(prompt, text));
        journal.startPrompt(in, prompt, seq, UserMessages.prompt(prompt, text));
    }

    private List<String> past(String cwd) throws JournalException {
        return journal.pastPrompts(cwd, Long.MAX_VALUE, 10).stream()
                .map(p -> UserMessages.text(p.user().tree()))
                .toList();
    }

    private List<UUID> queued(UUID of) throws JournalException {
        return journal.queuedPrompts(of).stream().map(QueuedPrompt::uuid).toList();
    }

    @Test
    void theUuidOfAPromptIsNeverAcceptedAgain() throws Exception {
        UUID begun = UUID.randomUUID();
        UUID cancelled = UUID.randomUUID();
        journal.enqueue(session, begun, UserMessages.prompt(begun, "do"));
        journal.enqueue(session, cancelled, UserMessages.prompt(cancelled, "do not"));
        assertThat(journal.enqueue(session, begun, UserMessages.prompt(begun, "do"))).isFalse();
        journal.startPrompt(session, begun, 1, UserMessages.prompt(begun, "do"));
        assertThat(journal.cancelPrompt(session, cancelled)).isTrue();
        assertThat(journal.cancelPrompt(session, cancelled)).isFalse();
        assertThat(journal.cancelPrompt(session, begun)).isFalse();
        reopen();
        assertThat(journal.enqueue(session, begun, UserMessages.prompt(begun, "do"))).isFalse();
        assertThat(journal.enqueue(session, cancelled, UserMessages.prompt(cancelled, "x")))
                .isFalse();
        assertThat(journal.queuedPrompts(session)).isEmpty();
    }

    @Test
    void onlyAPromptThatWasCancelledIsKnownAsCancelled() throws Exception {
        UUID other = UUID.randomUUID();
        journal.save(JournalFixtures.session(other));
        UUID waiting = UUID.randomUUID();
        UUID begun = UUID.randomUUID();
        UUID cancelled = UUID.randomUUID();
        for (UUID each : List.of(begun, cancelled, waiting)) {
            journal.enqueue(session, each, UserMessages.prompt(each, "do"));
        }
        journal.startPrompt(session, begun, 1, UserMessages.prompt(begun, "do"));
        journal.cancelPrompt(session, cancelled);
        assertThat(journal.isPromptCancelled(session, cancelled)).isTrue();
        assertThat(journal.isPromptCancelled(session, waiting)).isFalse();
        assertThat(journal.isPromptCancelled(session, begun)).isFalse();
        assertThat(journal.isPromptCancelled(session, UUID.randomUUID())).isFalse();
        assertThat(journal.isPromptCancelled(other, cancelled)).isFalse();
        assertThat(journal.isPromptCancelled(UUID.randomUUID(), cancelled)).isFalse();
    }

    @Test
    void aDeletionThatWasInterruptedContinuesAtTheNextStart() throws Exception {
        for (int i = 0; i < 20; i++) {
            say("x".repeat(1_000));
        }
        journal.close();
        Path file = folder.resolve("journal.db");
        try (Connection killed = SqliteConnections.open(file, 100)) {
            SqliteConnections.execute(killed, "INSERT INTO leaving SELECT number FROM session");
            SqliteConnections.execute(killed, "DELETE FROM session");
        }
        reopen();
        try (Connection reader = SqliteConnections.open(file, 100)) {
            Awaitility.await()
                    .until(() ->
                            SqliteConnections.queryLong(reader, "SELECT count(*) FROM leaving")
                                    == 0);
            assertThat(SqliteConnections.queryLong(reader, "SELECT count(*) FROM message"))
                    .isZero();
        }
    }

    @Test
    void aPromptThatDoesNotStartStaysInTheQueue() throws Exception {
        UUID prompt = UUID.randomUUID();
        Message user = UserMessages.prompt(prompt, "hello");
        journal.enqueue(session, prompt, user);
        assertThatThrownBy(() -> journal.startPrompt(session, prompt, 7, user))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(journal.queuedPrompts(session)).hasSize(1);
        journal.startPrompt(session, prompt, 1, user);
        assertThatThrownBy(() -> journal.startPrompt(session, prompt, 2, user))
                .isInstanceOf(IllegalStateException.class);
        assertThat(seqs(journal.messagesAfter(session, 0, 10))).containsExactly(1L);
    }

    @Test
    void aDeletedSessionLosesItsMessagesAndPromptsAndItsIdCanBeReused() throws Exception {
        UUID prompt = UUID.randomUUID();
        for (int i = 0; i < 50; i++) {
            say("x".repeat(200_000));
        }
        journal.enqueue(session, prompt, UserMessages.prompt(prompt, "wait"));
        journal.delete(session);
        journal.delete(UUID.randomUUID());
        assertThat(journal.sessions()).isEmpty();
        assertThat(journal.findSession(session)).isEmpty();
        assertThat(journal.messagesAfter(session, 0, 10)).isEmpty();
        assertThat(journal.queuedPrompts(session)).isEmpty();
        journal.save(JournalFixtures.session(session));
        assertThat(journal.messagesAfter(session, 0, 10)).isEmpty();
        assertThat(journal.enqueue(session, prompt, UserMessages.prompt(prompt, "new"))).isTrue();
        journal.append(session, 1, List.of(JournalFixtures.answer("new")));
    }

    @Test
    void onlyTheOwnerCanReadTheFiles() throws Exception {
        Path deep = folder.resolve("new folder?/and #another/journal.db");
        try (SqliteJournal another = SqliteJournal.open(deep)) {
            another.save(JournalFixtures.session(UUID.randomUUID()));
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(deep.getParent())))
                    .isEqualTo("rwx------");
            try (var files = Files.list(deep.getParent())) {
                assertThat(files.toList())
                        .hasSizeGreaterThanOrEqualTo(3)
                        .allSatisfy(file ->
                                assertThat(
                                                PosixFilePermissions.toString(
                                                        Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void closingTwiceHasNoEffectAndAfterwardsEachOperationFailsWithAMessage() {
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.sessions())
                .isInstanceOf(JournalException.class)
                .hasMessage("The journal is closed.");
        assertThatThrownBy(() -> say("late")).hasMessage("The journal is closed.");
    }

    private void say(String text) throws Exception {
        journal.append(
                session,
                journal.findSession(session).orElseThrow().lastSeq() + 1,
                List.of(JournalFixtures.answer(text)));
    }

    private void reopen() throws Exception {
        journal.close();
        journal = SqliteJournal.open(folder.resolve("journal.db"));
    }

    private static List<Long> seqs(List<Entry> page) {
        return page.stream().map(Entry::seq).toList();
    }
}
