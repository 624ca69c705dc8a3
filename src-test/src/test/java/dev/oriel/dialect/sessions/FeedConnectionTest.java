package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.manual.RecordingPeer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The memory of a feed does not grow with the number of changes while its client does not read.
class FeedConnectionTest {
    @TempDir Path folder;
    private final RecordingPeer peer = new RecordingPeer();
    private SqliteJournal journal;
    private Sessions sessions;

    @BeforeEach
    void start() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal,
                        List.of(new ScriptedProvider()),
                        SessionPolicy.defaults(),
                        InstantSource.system());
    }

    @AfterEach
    void stop() {
        sessions.close();
        journal.close();
    }

    private UUID createSession() throws Exception {
        return sessions.create(SessionSpec.builder("test").cwd(folder).build()).id();
    }

    private void setTitle(UUID session, String title) throws Exception {
        sessions.update(session, new SessionUpdate(title, null, null));
    }

    @Test
    void sendsTheLastOfManyChangesOfEachSession() throws Exception {
        UUID one = createSession();
        UUID other = createSession();
        UUID deleted = createSession();
        new FeedConnection(sessions, 8_000_000, peer);
        assertThat(peer.types()).containsExactly("sessions");
        assertThat(peer.frames().getFirst().path("max_message_bytes").asInt()).isEqualTo(8_000_000);
        peer.fill();
        for (int i = 0; i < 50; i++) {
            setTitle(one, "one " + i);
            setTitle(other, "other " + i);
            setTitle(deleted, "deleted " + i);
        }
        sessions.delete(deleted);
        assertThat(peer.types()).containsExactly("sessions");
        peer.drain();
        assertThat(peer.types())
                .containsExactlyInAnyOrder("sessions", "session", "session", "session_gone");
        assertThat(peer.frames())
                .extracting(f -> f.at("/session/title").asText())
                .contains("one 49", "other 49");
        setTitle(one, "read");
        assertThat(peer.frames().getLast().at("/session/title").asText()).isEqualTo("read");
    }

    @Test
    void sendsTheListFirstWhenThePeerHasRoom() throws Exception {
        UUID one = createSession();
        peer.fill();
        new FeedConnection(sessions, 8_000_000, peer);
        setTitle(one, "later");
        assertThat(peer.frames()).isEmpty();
        peer.drain();
        assertThat(peer.types()).containsExactly("sessions", "session");
    }
}
