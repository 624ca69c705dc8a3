package dev.oriel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.dialect.manager.ManagerServer;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.ScriptedAgent;
import dev.oriel.testing.ScriptedProvider;
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

/// Our client of the manager kind, which the window uses, at our own server of that kind.
@Timeout(60)
class OwnManagerSocketTest {
    @TempDir Path folder;

    private final ScriptedProvider agents = new ScriptedProvider();
    private final Outbox outbox = Outbox.inMemory();
    private final FeedEars feed = new FeedEars();
    private final Ears ears = new Ears();
    private ManagerServer manager;
    private NewSession here;

    @BeforeEach
    void start() {
        manager = ManagerServer.in(folder, agents);
        here = new NewSession(folder.toString(), null, null, "default");
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    private ServerAddress address() throws InvalidAddressException {
        return ServerAddress.parse("ws://127.0.0.1:" + manager.port() + "/ws");
    }

    private Remote remote() throws InvalidAddressException {
        return Remotes.of(
                Kind.MANAGER, address(), () -> ManagerServer.KEY, outbox, Transport.usual());
    }

    private Activity activity(SessionLink of) {
        return feed.info(of.sessionId()).activity();
    }

    @Test
    void aPromptIsAnsweredAToolIsAllowedAndTheNextPromptFollows() throws Exception {
        try (Remote remote = remote()) {
            remote.feed(feed);
            await().until(feed::live);
            SessionInfo begun = remote.create(here).get(10, TimeUnit.SECONDS);
            assertThat(begun.cwd()).isEqualTo(folder.toString());
            SessionLink link = remote.open(begun.id(), begun.lastSeq(), ears);
            outbox.put(link.sessionId(), UserMessages.prompt(UUID.randomUUID(), "Clean up"));
            link.deliver();

            ScriptedAgent agent = agents.agent(0, 1);
            agent.begins();
            agent.text("I remove it.");
            agent.asks("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
            await().until(() -> activity(link) == Activity.ASKING);
            Message ask =
                    ears.messages.stream()
                            .filter(m -> m.is("control_request"))
                            .findFirst()
                            .orElseThrow();
            assertThat(ask.tree().at("/request/tool_name").asText()).isEqualTo("Bash");
            assertThat(ask.tree().at("/request/input/command").asText()).isEqualTo("rm -r build");
            assertThat(link.answer(allow(String.valueOf(ask.requestId())))).isTrue();
            await().until(() -> !agent.answers().isEmpty());
            assertThat(agent.answers().getFirst().tree().at("/response/response").toString())
                    .isEqualTo(
                            "{\"behavior\":\"allow\",\"updatedInput\":{\"command\":\"rm -r"
                                    + " build\"}}");
            agent.text("It is gone.");
            agent.result();
            await().until(() -> activity(link) == Activity.IDLE);

            outbox.put(link.sessionId(), UserMessages.prompt(UUID.randomUUID(), "Thanks"));
            link.deliver();
            agents.agent(0, 2);
            agent.begins();
            agent.text("You are welcome.");
            agent.result();
            await().until(() -> ears.said().stream().filter("result"::equals).count() == 2);
            assertThat(ears.said())
                    .containsSubsequence(
                            "prompt Clean up",
                            "text I remove it.",
                            "text It is gone.",
                            "result",
                            "prompt Thanks",
                            "text You are welcome.",
                            "result");
            assertThat(ears.seqs()).isSorted().doesNotHaveDuplicates();
            assertThat(remote.frames().last())
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
    void aChatAsksItsOwnerAndWhatIsDeniedSaysWhy() throws Exception {
        var asked = new CompletableFuture<Chat.Ask>();
        try (Chat chat =
                chat(ask -> {
                    asked.complete(ask);
                    return Optional.of("Keep it.");
                })) {
            chat.begin(here).get(10, TimeUnit.SECONDS);
            var answer = chat.ask("Clean up");
            ScriptedAgent agent = agents.agent(0, 1);
            agent.begins();
            agent.asks("ask-1", "Bash", "{\"command\":\"rm -r build\"}");
            assertThat(asked.get(10, TimeUnit.SECONDS).tool()).isEqualTo("Bash");
            await().until(() -> !agent.answers().isEmpty());
            assertThat(agent.answers().getFirst().tree().at("/response/response").toString())
                    .isEqualTo("{\"behavior\":\"deny\",\"message\":\"Keep it.\"}");
            agent.text("I leave it.");
            agent.result();
            Chat.Answer said = answer.get(10, TimeUnit.SECONDS);
            assertThat(said.error()).isFalse();
            assertThat(said.text()).isEqualTo("I leave it.");
        }
    }

    @Test
    void anAnswerIsStoppedByEndingTheSessionAsThereIsNoOtherWordForIt() throws Exception {
        try (Chat chat = chat(_ -> Optional.empty())) {
            chat.begin(here).get(10, TimeUnit.SECONDS);
            var answer = chat.ask("Think about everything");
            ScriptedAgent agent = agents.agent(0, 1);
            agent.begins();
            chat.interrupt().get(10, TimeUnit.SECONDS);
            Chat.Answer said = answer.get(10, TimeUnit.SECONDS);
            assertThat(said.error()).isTrue();
            assertThat(said.why()).isEqualTo("The session was ended.");
            assertThat(agent.isLeaving()).isTrue();
        }
    }

    private Chat chat(java.util.function.Function<Chat.Ask, Optional<String>> asks)
            throws InvalidAddressException {
        return new Chat(
                Kind.MANAGER, address(), () -> ManagerServer.KEY, Transport.usual(), _ -> {}, asks);
    }
}
