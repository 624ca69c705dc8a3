package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Journals from before version 9, which do not list all of their prompts.
class PromptListingTest {
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID TWO = UUID.randomUUID();

    @TempDir Path folder;
    private SqliteJournal journal;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        journal.save(StoredSession.of(ONE).cwd("/one").record());
        journal.save(StoredSession.of(TWO).cwd("/two").record());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void start(UUID session, long seq, String text) throws JournalException {
        UUID prompt = UUID.randomUUID();
        Message user = UserMessages.prompt(prompt, text);
        journal.enqueue(session, prompt, user, null);
        journal.startPrompt(session, prompt, seq, user);
    }

    /// Messages of an agent, among them users' that are no prompts.
    private void answer(UUID session, long firstSeq, int count) throws Exception {
        List<Message> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message =
                    i % 2 == 0
                            ? UserMessages.prompt(UUID.randomUUID(), "the result of a tool")
                            : Message.parse("{\"type\":\"assistant\",\"message\":{}}");
            batch.add(message);
        }
        journal.append(session, firstSeq, batch);
    }

    /// Makes the file what an earlier version has written, and opens it again.
    private void migrate(String... further) throws Exception {
        journal.close();
        try (Connection older = SqliteConnections.open(folder.resolve("journal.db"), 100)) {
            SqliteConnections.execute(older, "DROP TABLE large_prompt");
            SqliteConnections.execute(older, "DROP TRIGGER sent_prompt_deleted");
            SqliteConnections.execute(older, "DROP TABLE sent_prompt");
            SqliteConnections.execute(older, "DROP TABLE unlisted_prompts");
            SqliteConnections.execute(older, "PRAGMA user_version = 6");
        }
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        reopen(further);
    }

    private void reopen(String... statements) throws Exception {
        journal.close();
        try (Connection file = SqliteConnections.open(folder.resolve("journal.db"), 100)) {
            for (String statement : statements) {
                SqliteConnections.execute(file, statement);
            }
        }
        journal = SqliteJournal.open(folder.resolve("journal.db"));
    }

    private List<String> past(@Nullable String cwd) throws JournalException {
        return journal.pastPrompts(cwd, Long.MAX_VALUE, 10).stream()
                .map(p -> UserMessages.text(p.user().tree()))
                .toList();
    }

    @Test
    void theirPromptsAreListedInTheOrderInWhichTheyWereQueuedBeforeAllLaterOnes() throws Exception {
        start(ONE, 1, "first");
        answer(ONE, 2, 1_300);
        start(TWO, 1, "second");
        start(ONE, 1_302, "third");
        UUID waiting = UUID.randomUUID();
        journal.enqueue(TWO, waiting, UserMessages.prompt(waiting, "waiting"), null);
        migrate();
        start(TWO, 2, "fourth");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(past(null))
                                .containsExactly("fourth", "third", "second", "first"));
        assertThat(past("/one")).containsExactly("third", "first");
        reopen();
        assertThat(past(null)).containsExactly("fourth", "third", "second", "first");
    }

    @Test
    void aListingThatWasInterruptedContinuesWhereItEnded() throws Exception {
        start(ONE, 1, "first");
        answer(ONE, 2, 5);
        start(ONE, 7, "second");
        long half = JournalSchema.messageId(1, 5);
        migrate("UPDATE unlisted_prompts SET below = " + half + " WHERE session = 1");
        Awaitility.await().untilAsserted(() -> assertThat(past(null)).containsExactly("first"));
    }

    @Test
    void promptsThatAreListedAlreadyAreNotListedTwice() throws Exception {
        start(ONE, 1, "first");
        start(ONE, 2, "second");
        long end = JournalSchema.messageId(2, 0);
        reopen("INSERT INTO unlisted_prompts (session, below) VALUES (1, " + end + ")");
        Awaitility.await().untilAsserted(() -> assertThat(unlisted()).isZero());
        assertThat(past(null)).containsExactly("second", "first");
    }

    /// Starts a prompt with an image of 600 KB.
    private void startLarge(UUID session, long seq, String text) throws JournalException {
        UUID prompt = UUID.randomUUID();
        ArrayNode content = Json.mapper().createArrayNode();
        content.addObject()
                .put("type", "image")
                .putObject("source")
                .put("type", "base64")
                .put("data", "A".repeat(600_000));
        content.addObject().put("type", "text").put("text", text);
        Message user = UserMessages.prompt(prompt, content);
        journal.enqueue(session, prompt, user, null);
        journal.startPrompt(session, prompt, seq, user);
    }

    @Test
    void aPromptWithALargeImageIsListedWithItsTextUntilItsSessionIsDeleted() throws Exception {
        start(ONE, 1, "small");
        startLarge(TWO, 1, "What is in it?");
        startLarge(TWO, 2, "");
        assertThat(past(null)).containsExactly("What is in it?", "small");
        assertThat(journal.pastPrompts("/two", Long.MAX_VALUE, 10).getFirst().user().bytes())
                .hasSizeLessThan(1_000);
        assertThat(count("large_prompt")).isEqualTo(1);
        journal.delete(TWO);
        Awaitility.await().untilAsserted(() -> assertThat(count("large_prompt")).isZero());
    }

    @Test
    void largePromptsOfAnEarlierVersionAreListedToo() throws Exception {
        start(ONE, 1, "small");
        startLarge(ONE, 2, "What is in it?");
        journal.close();
        try (Connection older = SqliteConnections.open(folder.resolve("journal.db"), 100)) {
            SqliteConnections.execute(older, "DROP TABLE large_prompt");
            SqliteConnections.execute(older, "PRAGMA user_version = 8");
        }
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(past(null)).containsExactly("What is in it?", "small"));
    }

    @Test
    void aSessionThatWasDeletedLeavesNothing() throws Exception {
        start(ONE, 1, "first");
        start(TWO, 1, "second");
        migrate();
        journal.delete(TWO);
        Awaitility.await().untilAsserted(() -> assertThat(unlisted()).isZero());
        assertThat(past(null)).containsExactly("first");
    }

    private long unlisted() throws Exception {
        return count("unlisted_prompts");
    }

    private long count(String table) throws Exception {
        try (Connection file = SqliteConnections.open(folder.resolve("journal.db"), 100)) {
            return SqliteConnections.queryLong(file, "SELECT count(*) FROM " + table);
        }
    }
}
