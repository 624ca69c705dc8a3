package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.ClientException;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient.PastPrompt;
import dev.oriel.client.sessions.SessionsClient;
import dev.oriel.client.transport.Transport;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The prompts of all sessions or of one folder, with the client library, over the network.
class PromptSocketTest {
    private static final UUID HERE = UUID.randomUUID();
    private static final UUID BESIDE = UUID.randomUUID();
    private static final UUID THERE = UUID.randomUUID();
    private static final String HOSTILE = "100 %_ \"q\" & 'x' \\ שלום 👩‍👩‍👧\nzweite Zeile";

    @TempDir Path folder;
    private Path here;
    private RunningServer server;
    private SessionsClient client;

    @BeforeEach
    void start() throws Exception {
        here = Files.createDirectory(folder.resolve("a folder & more")).toRealPath();
        Path data = Files.createDirectories(folder.resolve("data"));
        try (Journal journal = SqliteJournal.open(data.resolve("oriel.db"))) {
            for (UUID id : List.of(HERE, BESIDE)) {
                journal.save(StoredSession.of(id).cwd(here.toString()).record());
            }
            journal.save(StoredSession.of(THERE).cwd("/somewhere/else").record());
            say(journal, HERE, 1, "Fix the roof");
            say(journal, BESIDE, 1, HOSTILE);
            say(journal, THERE, 1, "paint the ROOF");
            say(journal, HERE, 2, "Fix the roof");
        }
        server = RunningServer.in(folder, new ScriptedProvider());
        client = client(server.server().token());
    }

    private static void say(Journal journal, UUID session, long seq, String text) throws Exception {
        UUID prompt = UUID.randomUUID();
        var user = UserMessages.prompt(prompt, text);
        journal.enqueue(session, prompt, user, null);
        journal.startPrompt(session, prompt, seq, user);
    }

    private SessionsClient client(String token) throws Exception {
        return new SessionsClient(
                ServerAddress.parse(server.server().url()),
                () -> token,
                ReconnectPolicy.SESSIONS,
                new FileOutbox(new JsonFile(folder.resolve("outbox.json")), Runnable::run),
                Transport.systemDefault());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static List<String> texts(CompletableFuture<List<PastPrompt>> found) throws Exception {
        return found.get(Patience.SECONDS, TimeUnit.SECONDS).stream()
                .map(PastPrompt::text)
                .toList();
    }

    @Test
    void eachTextIsFoundOnceTheLastFirst() throws Exception {
        assertThat(texts(client.findAllPrompts("", 50)))
                .containsExactly("Fix the roof", "paint the ROOF", HOSTILE);
        assertThat(texts(client.findAllPrompts(" Roof ", 50)))
                .containsExactly("Fix the roof", "paint the ROOF");
        assertThat(texts(client.findAllPrompts("", 1))).containsExactly("Fix the roof");
    }

    @Test
    void promptsOfAFolderAreFoundByASessionInItAndByItsPath() throws Exception {
        assertThat(texts(client.findPrompts(BESIDE.toString(), "", 50)))
                .containsExactly("Fix the roof", HOSTILE);
        assertThat(texts(client.findPromptsIn(here + "/../" + here.getFileName(), "", 50)))
                .containsExactly("Fix the roof", HOSTILE);
        assertThat(texts(client.findPromptsIn("/somewhere/else", "roof", 50)))
                .containsExactly("paint the ROOF");
        assertThat(texts(client.findPromptsIn("/nowhere", "", 50))).isEmpty();
        assertThat(texts(client.findPromptsIn("", "roof", 50))).isEmpty();
    }

    @Test
    void wordsAreNoPattern() throws Exception {
        for (String words : List.of("100 %_", "\"q\" & 'x' \\", "שלום 👩‍👩‍👧", "👧\nzweite")) {
            assertThat(texts(client.findAllPrompts(words, 50))).as(words).containsExactly(HOSTILE);
        }
        assertThat(texts(client.findAllPrompts("1%", 50))).isEmpty();
        assertThat(texts(client.findAllPrompts("Fix.the", 50))).isEmpty();
    }

    @Test
    void whatIsNoFolderOrNoLimitIsRefused() {
        assertThatThrownBy(() -> texts(client.findPromptsIn("src", "", 50)))
                .hasCauseInstanceOf(ClientException.class)
                .hasMessageContaining("cwd must be an absolute path");
        assertThatThrownBy(() -> texts(client.findPromptsIn("/a\0b", "", 50)))
                .hasCauseInstanceOf(ClientException.class);
        assertThatThrownBy(() -> texts(client.findAllPrompts("", 0)))
                .hasCauseInstanceOf(ClientException.class)
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> texts(client.findPrompts(UUID.randomUUID().toString(), "", 5)))
                .hasCauseInstanceOf(ClientException.class);
    }

    @Test
    void theTokenIsNeeded() throws Exception {
        try (SessionsClient stranger = client("wrong")) {
            assertThatThrownBy(() -> texts(stranger.findAllPrompts("", 50)))
                    .hasCauseInstanceOf(ClientException.class);
        }
    }
}
