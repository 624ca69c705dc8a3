package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionView;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionForkerTest {
    @TempDir Path folder;

    @Test
    void aCopyThatTheServerDidNotCompleteIsRemovedByTheNextServer() throws Exception {
        SessionRecord source = StoredSession.of(UUID.randomUUID()).record();
        SessionRecord copy = StoredSession.of(UUID.randomUUID()).record();
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("oriel.db"))) {
            journal.save(source);
            journal.save(SessionForker.unfinished(copy));
            journal.append(
                    copy.id(), 1, List.of(UserMessages.prompt(UUID.randomUUID(), "half a copy")));

            Sessions sessions =
                    new Sessions(
                            journal,
                            List.of(new ScriptedProvider()),
                            SessionPolicy.defaults(),
                            InstantSource.system());

            assertThat(sessions.list()).extracting(SessionView::id).containsExactly(source.id());
            assertThat(journal.findSession(copy.id())).isEmpty();
        }
    }
}
