package dev.oriel.session;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.SqliteJournal;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.HeardSubscriber;
import dev.oriel.testing.ScriptedProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A session without a server: a journal in a folder, an agent that the test speaks for, and one
/// client that listens.
abstract class WithSession {
    @TempDir Path folder;
    final ScriptedProvider agents = new ScriptedProvider();
    HeardSubscriber client = new HeardSubscriber(true);
    SqliteJournal journal;
    Sessions sessions;
    Session session;

    @BeforeEach
    void open() throws Exception {
        begin();
        attach(sessions.create(NewSession.by("test").cwd(folder).done()).id());
    }

    private void begin() throws JournalException {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(journal, List.of(agents), Policy.standard(), InstantSource.system());
    }

    private void attach(UUID id) throws JournalException {
        session = sessions.open(id).orElseThrow();
        session.subscribe(client, null);
    }

    /// Ends all but what is on disk, and opens the session again for another client.
    void restart() throws JournalException {
        close();
        client = new HeardSubscriber(true);
        begin();
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

    /// Waits until the client has heard of a prompt's state.
    void hears(UUID prompt, String state) {
        client.await(m ->
                m.is("command_lifecycle")
                        && m.tree().path("state").asText().equals(state)
                        && m.tree().path("command_uuid").asText().equals(prompt.toString()));
    }
}
