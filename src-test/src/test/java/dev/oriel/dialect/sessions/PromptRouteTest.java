package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.agent.ScriptedProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptRouteTest {
    /// One more than the route reads at once.
    private static final int PROMPTS = 201;

    @TempDir Path folder;
    private final UUID session = UUID.randomUUID();
    private Path file;

    @BeforeEach
    void createSession() throws Exception {
        file = folder.resolve("oriel.db");
        try (Journal journal = SqliteJournal.open(file)) {
            journal.save(JournalFixtures.session(session));
        }
    }

    private void say(Journal journal, long seq, String text) throws Exception {
        UUID prompt = UUID.randomUUID();
        var user = UserMessages.prompt(prompt, text);
        journal.enqueue(session, prompt, user);
        journal.startPrompt(session, prompt, seq, user);
    }

    private JsonNode find(String words) throws Exception {
        try (Journal journal = SqliteJournal.open(file);
                Sessions sessions =
                        new Sessions(
                                journal,
                                List.of(new ScriptedProvider()),
                                SessionPolicy.defaults(),
                                InstantSource.system())) {
            var route = new PromptRoute(sessions, journal, Duration.ofHours(1).toNanos());
            var call = new HttpCall("GET", "/", Map.of("q", words), Map.of(), new byte[0], true);
            return Json.mapper().readTree(route.reply(call).body()).path("prompts");
        }
    }

    @Test
    void aDamagedPromptDoesNotHideTheOnesBefore() throws Exception {
        try (Journal journal = SqliteJournal.open(file)) {
            say(journal, 1, "the first one");
            for (int i = 2; i <= PROMPTS; i++) {
                say(journal, i, "prompt " + i);
            }
        }
        try (Connection connection = SqliteConnections.open(file, 100)) {
            SqliteConnections.execute(
                    connection, "UPDATE message SET body = x'7b' WHERE (id & 0xffffff) = 150");
        }

        assertThat(find("prompt 150")).isEmpty();
        assertThat(find("the first")).hasSize(1);
    }

    @Test
    void promptsBeforeManyLargeOnesAreFound() throws Exception {
        try (Journal journal = SqliteJournal.open(file)) {
            say(journal, 1, "the first one");
            for (int i = 2; i <= 30; i++) {
                say(journal, i, "x".repeat(250_000) + i);
            }
            assertThat(journal.pastPrompts(null, Long.MAX_VALUE, 200)).hasSizeBetween(1, 29);
        }

        assertThat(find("the first")).hasSize(1);
    }
}
