package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionDirectoryListener;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.session.api.SessionView;
import dev.oriel.testing.agent.CollectingSubscriber;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.server.FaultyJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions as dialects use them, without sockets.
class SessionsTest {
    private static final String SECRET = "sk-ant-of-a-client";

    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();
    private SqliteJournal journal;
    private Sessions sessions;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal,
                        List.of(provider),
                        SessionPolicy.defaults(),
                        InstantSource.system());
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    private SessionSpec.Builder spec() {
        return SessionSpec.builder("relay").cwd(folder);
    }

    private Session session(SessionSpec.Builder spec) throws Exception {
        return sessions.open(sessions.create(spec.build()).id()).orElseThrow();
    }

    private static CollectingSubscriber subscribe(Session session, boolean answers) {
        var subscriber = new CollectingSubscriber(answers);
        session.subscribe(subscriber, null);
        return subscriber;
    }

    private static void prompt(Session session, CollectingSubscriber from) {
        session.prompt(from, UserMessages.prompt(UUID.randomUUID(), "Go on"));
    }

    private ScriptedAgent agentThatAsks(Session session, CollectingSubscriber from) {
        prompt(session, from);
        ScriptedAgent agent = provider.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitAsk("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
        return agent;
    }

    private String stateOf(Session session) {
        return sessions.find(session.id()).orElseThrow().state().wireName();
    }

    private void awaitState(Session session, String state) {
        Awaitility.await().atMost(Patience.LIMIT).until(() -> state.equals(stateOf(session)));
    }

    private static SessionDirectoryListener window() {
        return new SessionDirectoryListener() {
            @Override
            public void onSessions(List<SessionView> all) {}

            @Override
            public void onChanged(SessionView session) {}

            @Override
            public void onDeleted(UUID session) {}
        };
    }

    @Test
    void anAskThatNobodyCanAnswerIsDeniedWithAReason() throws Exception {
        Session session = session(spec());
        CollectingSubscriber mute = subscribe(session, false);
        ScriptedAgent agent = agentThatAsks(session, mute);

        Awaitility.await().until(() -> !agent.responses().isEmpty());
        Message answer = agent.responses().getFirst();
        assertThat(answer.requestId()).isEqualTo("ask-1");
        assertThat(answer.tree().at("/response/response/behavior").asText()).isEqualTo("deny");
        assertThat(answer.tree().at("/response/response/message").asText()).contains("nobody");
        mute.await(m -> m.is("control_cancel_request"));
        awaitState(session, "running");
    }

    @Test
    void anAskWaitsForAnOpenWindowAndIsDeniedWhenItCloses() throws Exception {
        SessionDirectoryListener window = window();
        sessions.subscribe(window);
        Session session = session(spec());
        CollectingSubscriber mute = subscribe(session, false);
        ScriptedAgent agent = agentThatAsks(session, mute);
        awaitState(session, "asking");
        assertThat(agent.responses()).isEmpty();

        sessions.unsubscribe(window);
        Awaitility.await().until(() -> !agent.responses().isEmpty());
        awaitState(session, "running");
    }

    @Test
    void anAskIsDeniedWhenTheLastClientThatCanAnswerLeaves() throws Exception {
        Session session = session(spec());
        CollectingSubscriber mute = subscribe(session, false);
        CollectingSubscriber person = subscribe(session, true);
        ScriptedAgent agent = agentThatAsks(session, mute);
        awaitState(session, "asking");
        assertThat(agent.responses()).isEmpty();

        session.unsubscribe(person);
        Awaitility.await().until(() -> !agent.responses().isEmpty());
    }

    @Test
    void anAskWaitsWithoutAnyClient() throws Exception {
        Session session = session(spec());
        CollectingSubscriber first = subscribe(session, true);
        ScriptedAgent agent = agentThatAsks(session, first);
        awaitState(session, "asking");
        session.unsubscribe(first);

        CollectingSubscriber second = subscribe(session, true);
        second.await(m -> m.is("control_request"));
        assertThat(agent.responses()).isEmpty();
    }

    @Test
    void anEndedSessionKeepsItsMessagesCancelsItsQueueAndReopensWithAPrompt() throws Exception {
        Session session = session(spec());
        CollectingSubscriber client = subscribe(session, true);
        prompt(session, client);
        ScriptedAgent agent = provider.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("Half of it");
        client.await(m -> m.is("assistant"));
        prompt(session, client);

        assertThat(sessions.end(session.id()).get(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.isCloseRequested()).isTrue();
        assertThat(stateOf(session)).isEqualTo("ended");
        assertThat(journal.queuedPrompts(session.id())).isEmpty();
        assertThat(client.messages())
                .anyMatch(m -> m.tree().path("state").asText().equals("cancelled"));

        prompt(session, client);
        provider.awaitAgent(1, 1);
        awaitState(session, "running");
        assertThat(provider.agents().get(1).launch().conversation())
                .isInstanceOf(Conversation.Resumed.class);
    }

    @Test
    void endingAnUnknownSessionIsReported() throws Exception {
        assertThat(sessions.end(UUID.randomUUID()).get(Patience.SECONDS, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void optionsSurviveARestartAndSecretsDoNot() throws Exception {
        var options =
                AgentOptions.NONE
                        .withAllowedTools(List.of("Read", "Bash(git log:*)"))
                        .withTools(List.of("Read", "Bash"))
                        .withSystemPrompt(new SystemPrompt.Addition("Speak plainly."))
                        .withAgents("{\"critic\":{\"description\":\"Finds faults\"}}")
                        .withMaxThinkingTokens(8000);
        var secrets = new AgentSecrets(Map.of("ANTHROPIC_API_KEY", SECRET));
        Session session =
                session(SessionSpec.builder(SessionSpec.NATIVE).cwd(folder).options(options));
        CollectingSubscriber client = subscribe(session, true);
        session.prompt(
                client,
                UserMessages.prompt(UUID.randomUUID(), "a guest's"),
                new PromptSettings(null, null, AgentOptions.NONE, secrets));
        assertThat(provider.awaitAgent(0, 1).launch().secrets()).isEqualTo(secrets);
        assertThat(secrets.toString()).doesNotContain(SECRET);
        provider.awaitAgent(0, 1).emitInit();
        provider.awaitAgent(0, 1).emitResult();
        prompt(session, client);
        assertThat(provider.awaitAgent(1, 1).launch().options()).isEqualTo(options);
        assertThat(provider.awaitAgent(1, 1).launch().secrets()).isEqualTo(AgentSecrets.NONE);

        reopen();
        Session again = sessions.open(session.id()).orElseThrow();
        prompt(again, subscribe(again, true));
        assertThat(provider.awaitAgent(2, 1).launch().options()).isEqualTo(options);
        close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET);
            }
        }
        open();
    }

    @Test
    void theListTellsTheEffortAfterARestart() throws Exception {
        SessionView created = sessions.create(spec().effort("high").build());

        reopen();

        assertThat(sessions.find(created.id()).orElseThrow().thinking().effort()).isEqualTo("high");
    }

    @Test
    void optionsThatAreDamagedKeepOnlyTheirSessionFromOpening() throws Exception {
        SessionView damaged = sessions.create(spec().effort("high").build());
        SessionView sound = sessions.create(spec().build());
        close();
        try (Connection file = SqliteConnections.open(folder.resolve("oriel.db"), 100)) {
            SqliteConnections.execute(
                    file, "UPDATE session SET options = '{\"controls' WHERE options IS NOT NULL");
        }

        open();

        assertThat(sessions.list())
                .extracting(SessionView::id)
                .containsExactlyInAnyOrder(damaged.id(), sound.id());
    }

    @Test
    void aClientMayChooseAnUnusedId() throws Exception {
        UUID id = UUID.randomUUID();
        assertThat(sessions.create(spec().id(id).build()).id()).isEqualTo(id);

        assertThatThrownBy(() -> sessions.create(spec().id(id).build()))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void theSessionObjectCountsMessagesDuringATurn() throws Exception {
        Session session = session(spec());
        CollectingSubscriber client = subscribe(session, true);
        prompt(session, client);
        ScriptedAgent agent = provider.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("One");
        agent.emitText("Two");
        client.await(m -> m.toString().contains("Two"));

        assertThat(sessions.find(session.id()).orElseThrow().record().lastSeq()).isEqualTo(4);
    }

    @Test
    void aSeqThatTheAgentWritesIsRemoved() throws Exception {
        Session session = session(spec());
        CollectingSubscriber client = subscribe(session, true);
        prompt(session, client);
        ScriptedAgent agent = provider.awaitAgent(0, 1);
        agent.emit("{\"type\":\"new_kind\",\"seq\":99,\"text\":\"hello\"}");

        Message seen = client.await(m -> m.is("new_kind"));
        assertThat(seen.tree().has("seq")).isFalse();
        assertThat(seen.tree().path("text").asText()).isEqualTo("hello");
    }

    @Test
    void subscribersDuringADeletionLearnThatTheSessionIsDeleted() throws Exception {
        Session session = session(spec());
        sessions.delete(session.id());
        CollectingSubscriber late = new CollectingSubscriber(true);
        session.subscribe(late, null);

        Awaitility.await().until(late::isGone);
    }

    /// A request that is never completed would block its caller forever.
    @Test
    void requestsDuringADeletionComplete() throws Exception {
        var watched = new FaultyJournal(journal);
        sessions.close();
        sessions =
                new Sessions(
                        watched,
                        List.of(provider),
                        SessionPolicy.defaults(),
                        InstantSource.system());
        Session session = session(spec());
        List<CompletableFuture<?>> asked = new CopyOnWriteArrayList<>();
        watched.whenDeleted(() -> {
            asked.add(session.end());
            asked.add(session.stop());
            asked.add(session.update(new SessionUpdate("x", null, null)));
        });

        sessions.delete(session.id());

        assertThat(asked).hasSize(3).allMatch(CompletableFuture::isDone);
    }

    /// Tasks of the timer must not find the session's rows missing.
    @Test
    void nothingRunsAfterTheDeletion() throws Exception {
        var watched = new FaultyJournal(journal);
        sessions.close();
        sessions =
                new Sessions(
                        watched,
                        List.of(provider),
                        SessionPolicy.defaults(),
                        InstantSource.system());
        try (CapturedLog logs = CapturedLog.errors("dev.oriel")) {
            Session session = session(spec());
            CollectingSubscriber client = subscribe(session, true);
            CollectingSubscriber other = new CollectingSubscriber(true);
            watched.whenDeleted(
                    () -> session.prompt(other, UserMessages.prompt(UUID.randomUUID(), "go")));

            sessions.delete(session.id());

            Awaitility.await().until(client::isGone);
            Awaitility.await().until(other::isGone);
            assertThat(logs.lines()).isEmpty();
        }
    }
}
