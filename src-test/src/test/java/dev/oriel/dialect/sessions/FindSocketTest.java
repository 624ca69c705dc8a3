package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.ClientException;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.PromptLines;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.sessions.SessionsClient;
import dev.oriel.client.transport.Transport;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.find.TextQuery;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Finding text in a session, with the client library, over the network.
class FindSocketTest {
    private static final UUID SESSION = UUID.randomUUID();

    @TempDir Path folder;
    private RunningServer server;
    private SessionsClient client;

    @BeforeEach
    void start() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        try (Journal journal = SqliteJournal.open(data.resolve("oriel.db"))) {
            journal.save(StoredSession.of(SESSION).record());
            journal.append(
                    SESSION,
                    1,
                    List.of(said("user", "Fenster & Tür"), said("assistant", "fenster, **Tür**")));
        }
        server = RunningServer.in(folder, new ScriptedProvider());
        client = client(server.server().token());
    }

    private SessionsClient client(String token) throws Exception {
        return new SessionsClient(
                ServerAddress.parse(server.server().url()),
                () -> token,
                ReconnectPolicy.SESSIONS,
                new FileOutbox(new JsonFile(folder.resolve("outbox.json")), Runnable::run),
                Transport.systemDefault());
    }

    private static Message said(String type, String text) {
        var message = Json.object().put("type", type);
        message.putObject("message").put("content", text);
        return Message.of(message);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private FoundMessages find(SessionsClient by, TextQuery query) throws Exception {
        return by.find(SESSION.toString(), query, Long.MAX_VALUE, 0)
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void findsTextWithAllOptions() throws Exception {
        assertThat(find(client, TextQuery.of("& tür")).hits())
                .containsExactly(new FoundMessages.Hit(1, 1));
        assertThat(find(client, new TextQuery("fenster", true, true, false)).hits())
                .containsExactly(new FoundMessages.Hit(2, 1));
        assertThat(find(client, new TextQuery("[&,] T.r", false, false, true)).hits())
                .containsExactly(new FoundMessages.Hit(2, 1), new FoundMessages.Hit(1, 1));
        assertThat(find(client, TextQuery.of("**")).hits()).isEmpty();
    }

    @Test
    void listsPrompts() throws Exception {
        PromptLines lines =
                client.prompts(SESSION.toString(), Long.MAX_VALUE)
                        .get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(lines.prompts()).containsExactly(new PromptLines.Line(1, "Fenster & Tür", ""));
        assertThat(lines.next()).isZero();
    }

    @Test
    void anInvalidExpressionFailsInWords() {
        assertThatThrownBy(() -> find(client, new TextQuery("(", false, false, true)))
                .hasCauseInstanceOf(ClientException.class)
                .hasMessageContaining("Not a regular expression");
    }

    @Test
    void theTokenIsNeeded() throws Exception {
        try (SessionsClient stranger = client("wrong")) {
            assertThatThrownBy(() -> find(stranger, TextQuery.of("x")))
                    .hasCauseInstanceOf(ClientException.class);
            assertThatThrownBy(() ->
                            stranger.prompts(SESSION.toString(), Long.MAX_VALUE)
                                    .get(Patience.SECONDS, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ClientException.class);
        }
    }
}
