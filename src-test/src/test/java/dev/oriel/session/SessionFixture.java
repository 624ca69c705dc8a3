package dev.oriel.session;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.testing.agent.CollectingSubscriber;
import dev.oriel.testing.agent.ScriptedProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A session without a server: a journal in a folder, an agent that the test plays, and one client.
abstract class SessionFixture {
    @TempDir Path folder;
    final ScriptedProvider agents = new ScriptedProvider();
    CollectingSubscriber client = new CollectingSubscriber(true);
    SqliteJournal journal;
    Sessions sessions;
    Session session;

    @BeforeEach
    void open() throws Exception {
        start();
        attach(sessions.create(SessionSpec.builder("test").cwd(folder).build()).id());
    }

    private void start() throws JournalException {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal, List.of(agents), SessionPolicy.defaults(), InstantSource.system());
    }

    private void attach(UUID id) throws JournalException {
        session = sessions.open(id).orElseThrow();
        session.subscribe(client, null);
    }

    /// Closes everything and opens the session again from the journal, for another client.
    void restart() throws JournalException {
        close();
        client = new CollectingSubscriber(true);
        start();
        attach(session.id());
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    UUID prompt(String text) {
        UUID uuid = UUID.randomUUID();
        session.prompt(client, UserMessages.prompt(uuid, text));
        return uuid;
    }

    /// Waits until the client has received a prompt's progress.
    void awaitProgress(UUID prompt, String state) {
        client.await(m ->
                m.is("command_lifecycle")
                        && m.tree().path("state").asText().equals(state)
                        && m.tree().path("command_uuid").asText().equals(prompt.toString()));
    }
}
