package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.ClientException;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient.EarlierWork;
import dev.oriel.client.sessions.SessionsClient;
import dev.oriel.client.transport.Transport;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What earlier messages tell of the work, with the client library, over the network.
class WorkSocketTest {
    private static final UUID SESSION = UUID.randomUUID();

    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();
    private RunningServer server;
    private SessionsClient client;

    @BeforeEach
    void start() throws Exception {
        SampleFrames frames = new SampleFrames();
        frames.prompt("Build it").toolUse("m1", "t1", "TodoWrite", "{\"todos\":[]}");
        frames.toolResult("t1", "ok", false).journaled(started("before"));
        for (int i = 0; i < 1_500; i++) {
            frames.text("m2", "Line " + i);
        }
        Path data = Files.createDirectories(folder.resolve("data"));
        try (Journal journal = SqliteJournal.open(data.resolve("oriel.db"))) {
            journal.save(StoredSession.of(SESSION).cwd(folder.toString()).agent("cli").record());
            journal.append(SESSION, 1, frames.take().stream().map(Message::withoutSeq).toList());
        }
        server = RunningServer.in(folder, provider);
        client =
                new SessionsClient(
                        ServerAddress.parse(server.server().url()),
                        () -> server.server().token(),
                        ReconnectPolicy.SESSIONS,
                        new FileOutbox(new JsonFile(folder.resolve("outbox.json")), Runnable::run),
                        Transport.systemDefault());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static String started(String task) {
        return "{\"type\":\"system\",\"subtype\":\"task_started\",\"task_id\":\"" + task + "\"}";
    }

    private static String ended(String task) {
        return "{\"type\":\"system\",\"subtype\":\"task_notification\",\"task_id\":\""
                + task
                + "\"}";
    }

    private EarlierWork work(UUID session, long before) throws Exception {
        return client.findEarlierWork(session.toString(), before)
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private static List<Long> seqs(EarlierWork work) {
        return work.messages().stream().map(MessageSeq::of).toList();
    }

    @Test
    void theChecklistIsFoundFarBeforeThePosition() throws Exception {
        EarlierWork work = work(SESSION, 1_400);
        assertThat(seqs(work)).containsExactly(2L, 3L);
        assertThat(work.running()).as("the agent of the task has gone").isEmpty();
        assertThat(seqs(work(SESSION, 3))).containsExactly(2L);
        assertThat(work(SESSION, 1).messages()).isEmpty();
    }

    @Test
    void aTaskIsToldWhileItRuns() throws Exception {
        try (NativeClient window = server.subscribe(SESSION, null)) {
            window.sendPrompt("go on");
            ScriptedAgent agent = provider.awaitAgent(0, 1);
            agent.emit(started("now"));
            await().until(() -> work(SESSION, 1_400).running(), Set.of("now")::equals);
            agent.emit(ended("now"));
            await().until(() -> work(SESSION, 1_400).running(), Set::isEmpty);
        }
    }

    @Test
    void anUnknownSessionAndABadPositionFail() {
        assertThatThrownBy(() -> work(UUID.randomUUID(), 5))
                .hasCauseInstanceOf(ClientException.class);
        assertThatThrownBy(() -> work(SESSION, -1))
                .hasCauseInstanceOf(ClientException.class)
                .hasMessageContaining("before must be a number");
    }
}
