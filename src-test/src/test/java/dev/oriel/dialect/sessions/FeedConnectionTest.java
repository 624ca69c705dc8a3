package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.testing.agent.ScriptedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The memory of a feed does not grow with the number of changes while its client does not read.
class FeedConnectionTest {
    @TempDir Path folder;
    private final ManualPeer peer = new ManualPeer();
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
        new FeedConnection(sessions, peer);
        assertThat(peer.types()).containsExactly("sessions");
        peer.full = true;
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
        assertThat(peer.sent)
                .extracting(f -> f.at("/session/title").asText())
                .contains("one 49", "other 49");
        setTitle(one, "read");
        assertThat(peer.sent.getLast().at("/session/title").asText()).isEqualTo("read");
    }

    @Test
    void sendsTheListFirstWhenThePeerHasRoom() throws Exception {
        UUID one = createSession();
        peer.full = true;
        new FeedConnection(sessions, peer);
        setTitle(one, "later");
        assertThat(peer.sent).isEmpty();
        peer.drain();
        assertThat(peer.types()).containsExactly("sessions", "session");
    }

    /// A peer whose queue is full until the test drains it.
    private static final class ManualPeer implements Peer {
        private final List<JsonNode> sent = new ArrayList<>();
        private @Nullable Runnable pending;
        private boolean full;

        private List<String> types() {
            return sent.stream().map(f -> f.path("type").asText()).toList();
        }

        private void drain() {
            full = false;
            Runnable task = pending;
            pending = null;
            if (task != null) {
                task.run();
            }
        }

        @Override
        public void send(TextFrames frames) {
            for (byte[] text : frames.texts()) {
                try {
                    sent.add(Json.mapper().readTree(text));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public long queuedBytes() {
            return full ? queueLimit() : 0;
        }

        @Override
        public boolean awaitBelow(long bytes, Duration timeout) {
            return !full;
        }

        @Override
        public void whenBelow(long bytes, Runnable task) {
            pending = task;
        }

        @Override
        public void close(int code, String reason) {
            // Ignored.
        }

        @Override
        public String address() {
            return "203.0.113.7";
        }

        @Override
        public void describe(String description) {
            // Ignored.
        }
    }
}
