package dev.oriel.client.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.RecordingFeedListener;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.transport.Transport;
import dev.oriel.dialect.manager.ManagerServer;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The client of the manager kind, with our own server of that kind.
@Timeout(60)
class ManagerClientSocketTest {
    @TempDir Path folder;

    private final ScriptedProvider agents = new ScriptedProvider();
    private final PromptOutbox outbox = PromptOutbox.inMemory();
    private final RecordingFeedListener feed = new RecordingFeedListener();
    private final RecordingSessionListener listener = new RecordingSessionListener();
    private ManagerServer manager;
    private NewSessionRequest here;

    @BeforeEach
    void start() {
        manager = ManagerServer.in(folder, agents);
        here = new NewSessionRequest(folder.toString(), null, null, "default");
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    private ServerAddress address() throws InvalidAddressException {
        return ServerAddress.parse("ws://127.0.0.1:" + manager.port() + "/ws");
    }

    private ServerClient remote() throws InvalidAddressException {
        return ServerClients.create(
                ServerKind.MANAGER,
                address(),
                () -> ManagerServer.KEY,
                outbox,
                Transport.systemDefault());
    }

    private Activity activity(SessionSubscription of) {
        return feed.info(of.sessionId()).activity();
    }

    @Test
    void aToolIsAllowedAndTheNextPromptIsSentAfterTheAnswer() throws Exception {
        try (ServerClient remote = remote()) {
            remote.subscribeFeed(feed);
            await().until(feed::live);
            SessionInfo begun = remote.createSession(here).get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(begun.cwd()).isEqualTo(folder.toString());
            SessionSubscription link = remote.subscribe(begun.id(), begun.lastSeq(), listener);
            outbox.add(link.sessionId(), UserMessages.prompt(UUID.randomUUID(), "Clean up"));
            link.sendPending();

            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitText("I remove it.");
            agent.emitAsk("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
            await().until(() -> activity(link) == Activity.ASKING);
            Message ask =
                    listener.messages.stream()
                            .filter(m -> m.is("control_request"))
                            .findFirst()
                            .orElseThrow();
            assertThat(ask.tree().at("/request/tool_name").asText()).isEqualTo("Bash");
            assertThat(ask.tree().at("/request/input/command").asText()).isEqualTo("rm -r build");
            assertThat(link.reply(allow(String.valueOf(ask.requestId())))).isTrue();
            await().until(() -> !agent.responses().isEmpty());
            assertThat(agent.responses().getFirst().tree().at("/response/response").toString())
                    .isEqualTo(
                            "{\"behavior\":\"allow\",\"updatedInput\":{\"command\":\"rm -r"
                                    + " build\"}}");
            agent.emitText("It is gone.");
            agent.emitResult();
            await().until(() -> activity(link) == Activity.IDLE);

            outbox.add(link.sessionId(), UserMessages.prompt(UUID.randomUUID(), "Thanks"));
            link.sendPending();
            agents.awaitAgent(0, 2);
            agent.emitInit();
            agent.emitText("You are welcome.");
            agent.emitResult();
            await().until(() ->
                    listener.conversation().stream().filter("result"::equals).count() == 2);
            assertThat(listener.conversation())
                    .containsSubsequence(
                            "prompt Clean up",
                            "text I remove it.",
                            "text It is gone.",
                            "result",
                            "prompt Thanks",
                            "text You are welcome.",
                            "result");
            assertThat(listener.seqs()).isSorted().doesNotHaveDuplicates();
            assertThat(remote.frameLog().entries())
                    .noneMatch(f -> f.text().startsWith("ignored"))
                    .noneMatch(f -> f.text().contains(ManagerServer.KEY));
        }
    }

    private static Message allow(String request) {
        var frame = Json.object().put("type", "control_response");
        var response = frame.putObject("response").put("subtype", "success");
        response.put("request_id", request).putObject("response").put("behavior", "allow");
        return Message.of(frame);
    }

    @Test
    void aChatAsksItsListenerAndPassesTheReasonOfADenialOn() throws Exception {
        var asked = new CompletableFuture<Chat.ToolAsk>();
        try (Chat chat =
                chat(ask -> {
                    asked.complete(ask);
                    return Optional.of("Keep it.");
                })) {
            var answer = chat.send("Clean up");
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitAsk("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
            assertThat(asked.get(Patience.SECONDS, TimeUnit.SECONDS).tool()).isEqualTo("Bash");
            await().until(() -> !agent.responses().isEmpty());
            assertThat(agent.responses().getFirst().tree().at("/response/response").toString())
                    .isEqualTo("{\"behavior\":\"deny\",\"message\":\"Keep it.\"}");
            agent.emitText("I leave it.");
            agent.emitResult();
            Chat.Answer said = answer.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(said.error()).isFalse();
            assertThat(said.text()).isEqualTo("I leave it.");
        }
    }

    @Test
    void anAnswerIsInterruptedByEndingTheSession() throws Exception {
        try (Chat chat = chat(_ -> Optional.empty())) {
            var answer = chat.send("Think about everything");
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            chat.interrupt().get(Patience.SECONDS, TimeUnit.SECONDS);
            Chat.Answer said = answer.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(said.error()).isTrue();
            assertThat(said.problem()).isEqualTo("The session was ended.");
            assertThat(agent.isCloseRequested()).isTrue();
        }
    }

    private Chat chat(java.util.function.Function<Chat.ToolAsk, Optional<String>> asks)
            throws InvalidAddressException {
        return new Chat(
                ServerKind.MANAGER,
                address(),
                () -> ManagerServer.KEY,
                Transport.systemDefault(),
                here,
                new Chat.Listener() {
                    @Override
                    public void onText(String text) {}

                    @Override
                    public Optional<String> onToolAsk(Chat.ToolAsk ask) {
                        return asks.apply(ask);
                    }
                });
    }
}
