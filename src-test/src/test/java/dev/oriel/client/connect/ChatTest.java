package dev.oriel.client.connect;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerKind;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.testing.client.FakeServerClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A conversation, with a client whose server is the test.
class ChatTest {
    private static final ConnectionStatus LIVE = new ConnectionStatus.Live();
    private static final ConnectionStatus GIVEN_UP =
            new ConnectionStatus.Offline("The server is gone.", ConnectionStatus.Reason.LOST);

    private final List<String> texts = new ArrayList<>();
    private final List<Chat.ToolAsk> asks = new ArrayList<>();
    private FakeServerClient client = new FakeServerClient();
    private @Nullable PromptOutbox outbox;

    /// Why a tool may not run; empty if it may.
    private Optional<String> objection = Optional.empty();

    private Chat chat() {
        return new Chat(
                prompts -> {
                    outbox = prompts;
                    return client;
                },
                NewSessionRequest.DEFAULTS,
                new Chat.Listener() {
                    @Override
                    public void onText(String text) {
                        texts.add(text);
                    }

                    @Override
                    public Optional<String> onToolAsk(Chat.ToolAsk ask) {
                        asks.add(ask);
                        return objection;
                    }
                });
    }

    private Chat open() {
        Chat chat = chat();
        client.feed().onStatus(LIVE);
        assertThat(chat.opened()).isCompleted();
        return chat;
    }

    private void receive(String... messages) {
        for (String loose : messages) {
            client.subscriptions().getLast().listener().onMessage(Message.of(json(loose)));
        }
    }

    private List<Message> pending() {
        return Objects.requireNonNull(outbox).pending("created");
    }

    private static ClientException failure(CompletableFuture<?> of) {
        return (ClientException) of.exceptionNow();
    }

    @Test
    void theSessionIsCreatedOnceTheServerHasAcceptedTheConnection() {
        Chat chat = chat();
        assertThat(client.calls()).isEmpty();
        client.feed().onStatus(LIVE);
        assertThat(client.calls()).containsExactly("create in null");
        assertThat(chat.opened().join().id()).isEqualTo("created");
        assertThat(client.subscriptions()).singleElement().matches(s -> s.after() == 0);
    }

    @Test
    void theFirstFailedAttemptToConnectFailsTheChat() {
        Chat chat = chat();
        client.feed()
                .onStatus(
                        new ConnectionStatus.Reconnecting(
                                1, 5, Instant.EPOCH, "Nothing listens there."));
        client.feed().onStatus(LIVE);
        assertThat(failure(chat.opened()).code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(chat.opened().exceptionNow()).hasMessage("Nothing listens there.");
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void aRefusedConnectionIsToldFromAnUnreachableServer() {
        Chat refused = chat();
        client.feed()
                .onStatus(
                        new ConnectionStatus.Offline(
                                "Wrong token.", ConnectionStatus.Reason.REFUSED));
        assertThat(failure(refused.opened()).code()).isEqualTo(ErrorCode.REFUSED);
        Chat lost = chat();
        client.feed().onStatus(GIVEN_UP);
        assertThat(failure(lost.opened()).code()).isEqualTo(ErrorCode.UNREACHABLE);
    }

    @Test
    void aPromptWaitsForTheSession() {
        Chat chat = chat();
        CompletableFuture<Chat.Answer> answer = chat.send("hi");
        client.feed().onStatus(LIVE);
        assertThat(pending()).singleElement().asString().contains("hi");
        assertThat(client.calls()).endsWith("send pending of created");
        assertThat(answer).isNotDone();
    }

    @Test
    void anAnswerHasTheTextAndTheCost() {
        Chat chat = open();
        CompletableFuture<Chat.Answer> answer = chat.send("hi");
        receive(
                "{'type':'assistant','message':{'id':'m','content':[{'type':'text','text':'Hello'}]}}",
                "{'type':'result','subtype':'success','total_cost_usd':0.25}");
        assertThat(answer).isCompletedWithValue(new Chat.Answer("Hello", false, "", 0.25));
        assertThat(texts).containsExactly("Hello");
    }

    @Test
    void onlyOneAnswerCanBePendingAndTheNextCanFollowIt() {
        Chat chat = open();
        CompletableFuture<Chat.Answer> first = chat.send("one");
        assertThatThrownBy(() -> chat.send("two")).isInstanceOf(IllegalStateException.class);
        // The dependent runs while the first answer completes.
        CompletableFuture<Chat.Answer> second = first.thenCompose(_ -> chat.send("two"));
        receive("{'type':'result','subtype':'success'}");
        assertThat(pending()).hasSize(2);
        receive("{'type':'result','subtype':'success'}");
        assertThat(second).isCompleted();
    }

    @Test
    void aPromptFailsWithTheSessionThatCannotBeCreatedAndTheNextOneToo() {
        client.setFailure(new ClientException(ErrorCode.NO_AGENT, "There is no agent."));
        Chat chat = chat();
        CompletableFuture<Chat.Answer> answer = chat.send("hi");
        client.feed().onStatus(LIVE);
        assertThat(failure(answer).code()).isEqualTo(ErrorCode.NO_AGENT);
        assertThat(failure(chat.send("again")).code()).isEqualTo(ErrorCode.NO_AGENT);
    }

    @Test
    void aConnectionThatIsLostForGoodFailsTheAnswerAndAllLaterOnes() {
        Chat chat = open();
        CompletableFuture<Chat.Answer> answer = chat.send("hi");
        client.subscriptions().getLast().listener().onStatus(GIVEN_UP);
        assertThat(failure(answer).code()).isEqualTo(ErrorCode.LINK_LOST);
        CompletableFuture<Chat.Answer> later = chat.send("again");
        assertThat(failure(later).code()).isEqualTo(ErrorCode.LINK_LOST);
        assertThat(pending()).hasSize(1);
    }

    @Test
    void aConnectionThatIsLostForAWhileFailsNothing() {
        Chat chat = open();
        CompletableFuture<Chat.Answer> answer = chat.send("hi");
        client.subscriptions()
                .getLast()
                .listener()
                .onStatus(new ConnectionStatus.Reconnecting(1, 5, Instant.EPOCH, "Lost."));
        assertThat(answer).isNotDone();
    }

    @Test
    void theEndOfTheSessionEndsTheAnswerWithWhatWasReceivedAndFailsLaterOnes() {
        Chat chat = open();
        CompletableFuture<Chat.Answer> answer = chat.send("hi");
        receive(
                "{'type':'assistant','message':{'id':'m','content':[{'type':'text','text':'Hel'}]}}");
        client.feed().onSessionRemoved("another");
        assertThat(answer).isNotDone();
        client.feed().onSessionRemoved("created");
        assertThat(answer)
                .isCompletedWithValue(new Chat.Answer("Hel", true, "The session was ended.", 0));
        assertThat(failure(chat.send("again")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aToolRunsIfTheListenerAllowsIt() {
        open();
        receive(
                "{'type':'control_request','request_id':'r1','request':{'subtype':'can_use_tool',"
                        + "'tool_name':'Bash','input':{'command':'ls'}}}");
        objection = Optional.of("Not here.");
        receive(
                "{'type':'control_request','request_id':'r2','request':{'subtype':'can_use_tool',"
                        + "'tool_name':'Bash','input':{}}}",
                "{'type':'control_request','request_id':'r3','request':{'subtype':'elicitation'}}");
        assertThat(asks).first().isEqualTo(new Chat.ToolAsk("Bash", json("{'command':'ls'}")));
        assertThat(client.calls()).containsSubsequence("reply to r1", "reply to r2", "reply to r3");
        assertThat(client.replies())
                .containsExactly(
                        json("{'behavior':'allow','updatedInput':{'command':'ls'}}"),
                        json("{'behavior':'deny','message':'Not here.'}"),
                        json("{'action':'cancel'}"));
    }

    @Test
    void keepAlivesShowNoProgress() throws Exception {
        Chat chat = open();
        long before = chat.lastProgressNanos();
        receive("{'type':'keep_alive'}");
        assertThat(chat.lastProgressNanos()).isEqualTo(before);
        while (System.nanoTime() == before) {
            Thread.onSpinWait();
        }
        receive("{'type':'system','subtype':'status'}");
        assertThat(chat.lastProgressNanos()).isNotEqualTo(before);
    }

    @Test
    void anInterruptIsAControlRequestWhereTheKindHasOneAndEndsTheSessionWhereNot() {
        assertThat(chat().interrupt()).isCompleted();
        assertThat(client.calls()).isEmpty();
        assertThat(open().interrupt()).isCompleted();
        assertThat(client.calls()).endsWith("control created interrupt");

        client = new FakeServerClient(ServerKind.MANAGER);
        assertThat(open().interrupt()).isCompleted();
        assertThat(client.calls()).endsWith("delete created");
    }

    @Test
    void onlyASessionThatTheServerKeepsALimitedNumberOfIsReleased() {
        open().release().join();
        assertThat(client.calls()).doesNotContain("delete created");
        client = new FakeServerClient(ServerKind.MANAGER);
        Chat chat = chat();
        chat.release().join();
        assertThat(client.calls()).isEmpty();
        client.feed().onStatus(LIVE);
        chat.release().join();
        assertThat(client.calls()).endsWith("delete created");
    }

    @Test
    void closingTheChatClosesTheClient() {
        open().close();
        assertThat(client.calls()).endsWith("close client");
    }
}
