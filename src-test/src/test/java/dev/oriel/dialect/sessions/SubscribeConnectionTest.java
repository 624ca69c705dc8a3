package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.manual.RecordingPeer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One native client without a socket.
class SubscribeConnectionTest {
    private static final String PROMPT =
            "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"hi\"}}";

    @TempDir Path folder;
    private final ScriptedProvider agents = new ScriptedProvider();
    private final RecordingPeer peer = new RecordingPeer();
    private SqliteJournal journal;
    private Sessions sessions;
    private UUID session;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal, List.of(agents), SessionPolicy.defaults(), InstantSource.system());
        session = sessions.create(SessionSpec.builder("test").cwd(folder).build()).id();
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    private SubscribeConnection connect(
            @Nullable UUID id, @Nullable Long after, @Nullable String journalId) {
        return new SubscribeConnection(sessions, Optional.ofNullable(id), after, journalId, peer);
    }

    private SubscribeConnection connect() {
        return connect(session, null, null);
    }

    private JsonNode onlyError() {
        return peer.frames().stream()
                .filter(f -> f.path("type").asText().equals("error"))
                .findFirst()
                .orElseThrow()
                .path("error");
    }

    @Test
    void aSessionThatDoesNotExistIsRefusedWithItsOwnCode() {
        connect(UUID.randomUUID(), null, null).onText(PROMPT);
        assertThat(peer.events()).containsExactly("closed 4001 no such session");
        assertThat(peer.texts()).isEmpty();
        connect(null, null, null).onClosed();
        assertThat(peer.events()).hasSize(2);
    }

    @Test
    void aClientOfAnotherJournalStartsAgain() {
        connect(session, 0L, UUID.randomUUID().toString()).onText(PROMPT);
        assertThat(peer.events()).containsExactly("closed 4009 another journal");
        assertThat(agents.agents()).isEmpty();
    }

    /// An older copy of the journal was restored.
    @Test
    void aPositionThatTheJournalDoesNotHaveIsOfAnotherJournal() {
        connect(session, 1L, sessions.journal().toString());
        assertThat(peer.events()).containsExactly("closed 4009 another journal");
    }

    @Test
    void aClientWithoutAPositionKnowsEveryPositionOfThisJournal() {
        connect(session, null, sessions.journal().toString());
        assertThat(peer.events()).isEmpty();
        await().until(() -> !peer.texts().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not JSON",
                "{}",
                "{\"type\":\"assistant\"}",
                "{\"type\":\"user\"}",
                "{\"type\":\"user\",\"message\":{\"role\":\"system\",\"content\":\"hi\"}}"
            })
    void aFrameThatIsNoneOfAClientIsAnsweredWithAnErrorAndTheConnectionStays(String frame) {
        SubscribeConnection connection = connect();
        connection.onText(frame);
        assertThat(onlyError().path("code").asText()).isEqualTo("bad_request");
        assertThat(peer.events()).isEmpty();
        connection.onText(PROMPT);
        agents.awaitAgent(0, 1);
    }

    @Test
    void aBinaryFrameIsAnsweredWithAnError() {
        connect().onBinary(3);
        assertThat(onlyError().path("message").asText())
                .isEqualTo("binary frames are not understood");
    }

    @ParameterizedTest
    @CsvSource({"keep_alive", "control_cancel_request", "auth"})
    void framesWithoutAMeaningHaveNoReply(String type) {
        SubscribeConnection connection = connect();
        connection.onText(Json.object().put("type", type).toString());
        connection.onBinary(1);
        assertThat(peer.frames().stream().filter(f -> f.path("type").asText().equals("error")))
                .as("only that of the binary frame")
                .hasSize(1);
    }

    @Test
    void aFrameMayEndWithALineBreak() {
        connect().onText(PROMPT + "\n");
        agents.awaitAgent(0, 1);
    }

    @Test
    void anOutputThatNoCallWaitsForIsNotFound() {
        connect().onText("{\"type\":\"tool_output\",\"call_id\":\"none\",\"output\":\"x\"}");
        assertThat(onlyError().path("code").asText()).isEqualTo("not_found");
    }

    @Test
    void aClientThatHasDisconnectedReceivesNothingMore() throws Exception {
        SubscribeConnection connection = connect();
        await().until(() -> !peer.texts().isEmpty());
        connection.onClosed();
        var other = new RecordingPeer();
        var witness = new SubscribeConnection(sessions, Optional.of(session), null, null, other);
        // The lane handles both in order: what the witness receives, the first would have too.
        await().until(() -> !other.texts().isEmpty());
        int before = peer.texts().size();
        witness.onText(PROMPT);
        await().until(() -> other.types().contains("user"));
        assertThat(peer.texts()).hasSize(before);
    }
}
