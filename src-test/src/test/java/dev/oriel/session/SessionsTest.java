package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.journal.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.FaultyJournal;
import dev.oriel.testing.HeardSubscriber;
import dev.oriel.testing.LoudLogs;
import dev.oriel.testing.ScriptedAgent;
import dev.oriel.testing.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/// Sessions as the dialects reach them, without a socket.
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
                new Sessions(journal, List.of(provider), Policy.standard(), InstantSource.system());
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

    private NewSession.Wish wish() {
        return NewSession.by("relay").cwd(folder);
    }

    private Session session(NewSession.Wish wish) throws Exception {
        return sessions.open(sessions.create(wish.done()).id()).orElseThrow();
    }

    private static HeardSubscriber join(Session session, boolean answers) {
        var subscriber = new HeardSubscriber(answers);
        session.subscribe(subscriber, null);
        return subscriber;
    }

    private static void prompt(Session session, HeardSubscriber from) {
        session.prompt(from, UserMessages.prompt(UUID.randomUUID(), "Go on"));
    }

    private ScriptedAgent asking(Session session, HeardSubscriber from) {
        prompt(session, from);
        ScriptedAgent agent = provider.agent(0, 1);
        agent.begins();
        agent.asks("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
        return agent;
    }

    private String stateOf(Session session) {
        return sessions.find(session.id()).orElseThrow().state().wire();
    }

    private void awaitState(Session session, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> state.equals(stateOf(session)));
    }

    private static SessionFeed window() {
        return new SessionFeed() {
            @Override
            public void all(List<SessionView> all) {}

            @Override
            public void changed(SessionView session) {}

            @Override
            public void gone(UUID session) {}
        };
    }

    @Test
    void anAskThatNobodyCanAnswerIsDeniedWithAReason() throws Exception {
        Session session = session(wish());
        HeardSubscriber mute = join(session, false);
        ScriptedAgent agent = asking(session, mute);

        Awaitility.await().until(() -> !agent.answers().isEmpty());
        Message answer = agent.answers().getFirst();
        assertThat(answer.requestId()).isEqualTo("ask-1");
        assertThat(answer.tree().at("/response/response/behavior").asText()).isEqualTo("deny");
        assertThat(answer.tree().at("/response/response/message").asText()).contains("nobody");
        mute.await(m -> m.is("control_cancel_request"));
        awaitState(session, "running");
    }

    @Test
    void anAskOfAMuteClientWaitsForTheWindowAndIsDeniedWhenThatGoes() throws Exception {
        SessionFeed window = window();
        sessions.follow(window);
        Session session = session(wish());
        HeardSubscriber mute = join(session, false);
        ScriptedAgent agent = asking(session, mute);
        awaitState(session, "asking");
        assertThat(agent.answers()).isEmpty();

        sessions.unfollow(window);
        Awaitility.await().until(() -> !agent.answers().isEmpty());
        awaitState(session, "running");
    }

    @Test
    void anAskWaitsForAClientThatCanAnswerAndIsDeniedWhenOnlyMuteOnesAreLeft() throws Exception {
        Session session = session(wish());
        HeardSubscriber mute = join(session, false);
        HeardSubscriber person = join(session, true);
        ScriptedAgent agent = asking(session, mute);
        awaitState(session, "asking");
        assertThat(agent.answers()).isEmpty();

        session.unsubscribe(person);
        Awaitility.await().until(() -> !agent.answers().isEmpty());
    }

    @Test
    void anAskWithNoClientAtAllWaits() throws Exception {
        Session session = session(wish());
        HeardSubscriber first = join(session, true);
        ScriptedAgent agent = asking(session, first);
        awaitState(session, "asking");
        session.unsubscribe(first);

        HeardSubscriber second = join(session, true);
        second.await(m -> m.is("control_request"));
        assertThat(agent.answers()).isEmpty();
    }

    @Test
    void anEndedSessionKeepsItsMessagesForgetsItsQueueAndOpensAgainWithAPrompt() throws Exception {
        Session session = session(wish());
        HeardSubscriber client = join(session, true);
        prompt(session, client);
        ScriptedAgent agent = provider.agent(0, 1);
        agent.begins();
        agent.text("Half of it");
        client.await(m -> m.is("assistant"));
        prompt(session, client);

        assertThat(sessions.end(session.id()).get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.isLeaving()).isTrue();
        assertThat(stateOf(session)).isEqualTo("ended");
        assertThat(journal.queue(session.id())).isEmpty();
        assertThat(client.messages())
                .anyMatch(m -> m.tree().path("state").asText().equals("cancelled"));

        prompt(session, client);
        provider.agent(1, 1);
        awaitState(session, "running");
        assertThat(provider.agents().get(1).launch().conversation())
                .isInstanceOf(Conversation.Resumed.class);
    }

    @Test
    void aSessionThatIsNotThereCannotBeEnded() throws Exception {
        assertThat(sessions.end(UUID.randomUUID()).get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void whatAClientAskedOfTheAgentIsKeptOverARestartAndItsSecretsAreNot() throws Exception {
        var options =
                AgentOptions.NONE
                        .withAllowedTools(List.of("Read", "Bash(git log:*)"))
                        .withTools(List.of("Read", "Bash"))
                        .withSystemPrompt(new SystemPrompt.Appended("Speak plainly."))
                        .withAgents("{\"critic\":{\"description\":\"Finds faults\"}}")
                        .withMaxThinkingTokens(8000);
        var secrets = new AgentSecrets(Map.of("ANTHROPIC_API_KEY", SECRET));
        Session session = session(NewSession.by(NewSession.NATIVE).cwd(folder).options(options));
        HeardSubscriber client = join(session, true);
        session.prompt(
                client,
                UserMessages.prompt(UUID.randomUUID(), "a guest's"),
                new Session.Setting(null, null, AgentOptions.NONE, secrets));
        assertThat(provider.agent(0, 1).launch().secrets()).isEqualTo(secrets);
        assertThat(secrets.toString()).doesNotContain(SECRET);
        provider.agent(0, 1).begins();
        provider.agent(0, 1).result();
        prompt(session, client);
        assertThat(provider.agent(1, 1).launch().options()).isEqualTo(options);
        assertThat(provider.agent(1, 1).launch().secrets()).isEqualTo(AgentSecrets.NONE);

        reopen();
        Session again = sessions.open(session.id()).orElseThrow();
        prompt(again, join(again, true));
        assertThat(provider.agent(2, 1).launch().options()).isEqualTo(options);
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
    void aClientMayChooseAnIdThatIsNotTaken() throws Exception {
        UUID id = UUID.randomUUID();
        assertThat(sessions.create(wish().id(id).done()).id()).isEqualTo(id);

        assertThatThrownBy(() -> sessions.create(wish().id(id).done()))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void theObjectOfASessionCountsMessagesInTheMiddleOfATurn() throws Exception {
        Session session = session(wish());
        HeardSubscriber client = join(session, true);
        prompt(session, client);
        ScriptedAgent agent = provider.agent(0, 1);
        agent.begins();
        agent.text("One");
        agent.text("Two");
        client.await(m -> m.toString().contains("Two"));

        assertThat(sessions.find(session.id()).orElseThrow().record().lastSeq()).isEqualTo(4);
    }

    @Test
    void aNumberThatTheAgentGaveItselfIsNotTakenForOurs() throws Exception {
        Session session = session(wish());
        HeardSubscriber client = join(session, true);
        prompt(session, client);
        ScriptedAgent agent = provider.agent(0, 1);
        agent.says("{\"type\":\"new_kind\",\"seq\":99,\"text\":\"hello\"}");

        Message seen = client.await(m -> m.is("new_kind"));
        assertThat(seen.tree().has("seq")).isFalse();
        assertThat(seen.tree().path("text").asText()).isEqualTo("hello");
    }

    @Test
    void whoComesWhileASessionIsDeletedHearsThatItIsGone() throws Exception {
        Session session = session(wish());
        sessions.delete(session.id());
        HeardSubscriber late = new HeardSubscriber(true);
        session.subscribe(late, null);

        Awaitility.await().until(late::isGone);
    }

    /// Whoever waited for an answer of it would wait for ever.
    @Test
    void whatIsAskedOfASessionThatIsBeingDeletedIsAnswered() throws Exception {
        var watched = new FaultyJournal(journal);
        sessions.close();
        sessions =
                new Sessions(watched, List.of(provider), Policy.standard(), InstantSource.system());
        Session session = session(wish());
        List<CompletableFuture<?>> asked = new CopyOnWriteArrayList<>();
        watched.whenDeleted(() -> {
            asked.add(session.end());
            asked.add(session.stop());
            asked.add(session.change(new Session.Change("x", null, null)));
        });

        sessions.delete(session.id());

        assertThat(asked).hasSize(3).allMatch(CompletableFuture::isDone);
    }

    /// A timer's step too would find no row of the session in the journal.
    @Test
    void noStepOfASessionRunsBehindItsDeletion() throws Exception {
        var watched = new FaultyJournal(journal);
        sessions.close();
        sessions =
                new Sessions(watched, List.of(provider), Policy.standard(), InstantSource.system());
        try (LoudLogs logs = LoudLogs.of("dev.oriel")) {
            Session session = session(wish());
            HeardSubscriber client = join(session, true);
            HeardSubscriber other = new HeardSubscriber(true);
            watched.whenDeleted(
                    () -> session.prompt(other, UserMessages.prompt(UUID.randomUUID(), "go")));

            sessions.delete(session.id());

            Awaitility.await().until(client::isGone);
            Awaitility.await().until(other::isGone);
            assertThat(logs.errors()).isEmpty();
        }
    }
}
