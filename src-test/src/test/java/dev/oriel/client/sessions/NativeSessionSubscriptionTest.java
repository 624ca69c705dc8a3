package dev.oriel.client.sessions;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.SessionListener;
import dev.oriel.client.link.FakeNetwork;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.client.link.LinkContext;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.message.CloseCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// A subscription over the native wire, without a network, a thread or a clock.
class NativeSessionSubscriptionTest {
    private final FakeNetwork network = new FakeNetwork();
    private final LinkContext context = network.context(() -> "", ReconnectPolicy.STANDARD);
    private final RecordingSessionListener listener = new RecordingSessionListener();
    private final PromptOutbox outbox = PromptOutbox.inMemory();

    private NativeSessionSubscription subscribe(SessionListener to) {
        return new NativeSessionSubscription(
                "s",
                0,
                new ServerAddress(URI.create("http://host:1")),
                outbox,
                to,
                handler -> new ReconnectingWebSocket(context, handler, _ -> {}));
    }

    private static String journaled(long seq) {
        return frame("{'seq':" + seq + ",'type':'assistant','message':{'content':[]}}");
    }

    private Message addPrompt(String text) throws Exception {
        Message prompt = UserMessages.prompt(UUID.randomUUID(), text);
        outbox.add("s", prompt);
        return prompt;
    }

    private FakeWebSocket resume(String query) {
        FakeNetwork.Attempt attempt = network.nextAttempt();
        assertThat(attempt.address())
                .hasToString("ws://host:1/v1/sessions/ws/s/subscribe?" + query);
        FakeWebSocket socket = new FakeWebSocket(attempt.listener());
        attempt.socket().complete(socket);
        network.lane.runAll();
        return socket;
    }

    @Test
    void aLostConnectionIsResumedWhereItEnded() {
        subscribe(listener);
        FakeWebSocket first = resume("after=0");
        network.receive(first, journaled(1), journaled(2));
        network.close(first, CloseCode.GOING_AWAY);
        network.lane.advance(Duration.ofSeconds(2));

        network.receive(resume("after=2"), journaled(2), journaled(3));
        assertThat(listener.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aGapIsReceivedAgain() {
        subscribe(listener);
        network.receive(resume("after=0"), journaled(1), journaled(3));
        network.receive(resume("after=1"), journaled(2), journaled(3));
        assertThat(listener.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void messagesThatArriveAfterAGapCauseNoFurtherConnections() {
        subscribe(listener);
        FakeWebSocket first = resume("after=0");
        first.receive(journaled(3));
        first.receive(journaled(4));
        first.receive(journaled(5));
        network.receive(resume("after=0"), journaled(1));
        assertThat(network.isQuiet()).isTrue();
        assertThat(listener.seqs()).containsExactly(1L);
        assertThat(first.sent).containsExactly("close 1000");
    }

    @Test
    void aServerThatNeverSendsTheMissingMessagesIsTriedAgainWithDelaysAndThenGivenUp() {
        subscribe(listener);
        network.receive(resume("after=0"), journaled(3));
        network.receive(resume("after=0"), journaled(3));
        int attempts = 0;
        for (; !(listener.states.getLast() instanceof ConnectionStatus.Offline); attempts++) {
            assertThat(network.isQuiet()).isTrue();
            network.lane.advance(Duration.ofMinutes(1));
            network.receive(resume("after=0"), journaled(3));
        }
        assertThat(attempts).isEqualTo(ReconnectPolicy.STANDARD.maxAttempts());
        assertThat(listener.seqs()).isEmpty();
    }

    @Test
    void theNextGapIsReceivedAgainAtOnceIfTheLastOneWasFilled() {
        subscribe(listener);
        network.receive(resume("after=0"), journaled(2));
        network.receive(resume("after=0"), journaled(1), journaled(3));
        network.receive(resume("after=1"), journaled(2), journaled(3));
        assertThat(listener.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aReplacedJournalIsReceivedFromTheBegin() {
        subscribe(listener);
        FakeWebSocket first = resume("after=0");
        network.receive(
                first,
                journaled(1),
                frame(
                        "{'type':'system','subtype':'oriel_session','journal':'a','session':{'last_seq':1}}"));
        network.close(first, CloseCode.OTHER_JOURNAL);
        network.lane.advance(Duration.ofSeconds(2));
        network.receive(resume("after=0"), journaled(1));
        assertThat(listener.replacements).hasValue(1);
        assertThat(listener.seqs()).containsExactly(1L);
    }

    @Test
    void aJournalThatTurnsOutToBeAnotherIsReceivedAtOnce() {
        subscribe(listener);
        String session =
                "{'type':'system','subtype':'oriel_session','journal':'%s','session':{'last_seq':9}}";
        network.receive(
                resume("after=0"), frame(session.formatted("a")), frame(session.formatted("b")));
        network.receive(resume("after=0"), journaled(1));
        assertThat(listener.replacements).hasValue(1);
        assertThat(listener.seqs()).containsExactly(1L);
    }

    @Test
    void aPromptIsSentWithEveryConnectionUntilItIsConfirmed() throws Exception {
        Message prompt = addPrompt("hello");
        NativeSessionSubscription subscription = subscribe(listener);
        FakeWebSocket first = resume("after=0");
        assertThat(first.sent).containsExactly(prompt.toString());
        network.receive(first, journaled(1));
        network.close(first, CloseCode.GOING_AWAY);
        network.lane.advance(Duration.ofSeconds(2));

        FakeWebSocket second = resume("after=1");
        assertThat(second.sent).containsExactly(prompt.toString());
        network.receive(
                second,
                frame("{'type':'command_lifecycle','command_uuid':'" + prompt.uuid() + "'}"));
        assertThat(outbox.pending("s")).isEmpty();

        Message next = addPrompt("more");
        subscription.sendPending();
        network.lane.runAll();
        assertThat(second.sent).endsWith(next.toString());
    }

    @Test
    void aControlRequestCompletesWithItsResponse() throws Exception {
        NativeSessionSubscription subscription = subscribe(listener);
        FakeWebSocket socket = resume("after=0");
        network.receive(socket, journaled(1));
        CompletableFuture<?> response =
                subscription.sendControl(Json.object().put("subtype", "interrupt"));
        network.lane.runAll();
        JsonNode request = Json.mapper().readTree(socket.sent.getLast());
        assertThat(request.path("type").asText()).isEqualTo("control_request");
        network.receive(
                socket,
                frame(
                        "{'type':'control_response','response':{'subtype':'success','request_id':'%s',"
                                        .formatted(request.path("request_id").asText())
                                + "'response':{'a':1}}}"));
        assertThat(response).isCompletedWithValueMatching(r -> r.toString().equals("{\"a\":1}"));
        assertThat(listener.messages).hasSize(1);
    }

    @Test
    void aResponseToAnotherClientIsPassedOn() {
        subscribe(listener);
        network.receive(
                resume("after=0"),
                frame(
                        "{'type':'control_response','response':{'subtype':'success','request_id':'x'}}"));
        assertThat(listener.messages).hasSize(1);
    }

    @Test
    void aControlRequestFailsWithTheConnection() {
        NativeSessionSubscription subscription = subscribe(listener);
        assertThat(subscription.sendControl(Json.object())).isCompletedExceptionally();
        assertThat(subscription.reply(Message.of(Json.object().put("type", "x")))).isFalse();
        FakeWebSocket socket = resume("after=0");
        network.receive(socket, journaled(1));
        CompletableFuture<?> response = subscription.sendControl(Json.object());
        network.lane.runAll();
        assertThat(response).isNotDone();
        network.close(socket, CloseCode.GOING_AWAY);
        assertThat(response).isCompletedExceptionally();
    }

    @Test
    void aReplyIsSentWhileTheConnectionIsLive() {
        NativeSessionSubscription subscription = subscribe(listener);
        FakeWebSocket socket = resume("after=0");
        network.receive(socket, journaled(1));
        assertThat(subscription.reply(Message.of(Json.object().put("type", "x")))).isTrue();
        network.lane.runAll();
        assertThat(socket.sent).containsExactly("{\"type\":\"x\"}");
    }

    @Test
    void aFrameThatIsNoMessageIsDropped() {
        subscribe(listener);
        FakeWebSocket socket = resume("after=0");
        network.receive(socket, "nonsense", "[1]", journaled(1));
        assertThat(listener.seqs()).containsExactly(1L);
        assertThat(socket.requested()).isEqualTo(64);
    }

    @Test
    void noFurtherFrameIsReadUntilTheListenerIsReady() {
        CompletableFuture<Void> room = new CompletableFuture<>();
        subscribe(
                new SessionListener() {
                    @Override
                    public void onStatus(ConnectionStatus status) {}

                    @Override
                    public void onMessage(Message message) {}

                    @Override
                    public CompletionStage<?> ready() {
                        return room;
                    }
                });
        FakeWebSocket socket = resume("after=0");
        network.receive(socket, journaled(1), journaled(2));
        assertThat(socket.requested()).isEqualTo(62);
        room.complete(null);
        assertThat(socket.requested()).isEqualTo(64);
    }

    @Test
    void closingItReportsTheEndOnce() {
        NativeSessionSubscription subscription = subscribe(listener);
        resume("after=0");
        subscription.close();
        network.lane.runAll();
        assertThat(listener.states)
                .isEqualTo(
                        List.of(
                                new ConnectionStatus.Connecting(),
                                new ConnectionStatus.Offline(
                                        "Closed.", ConnectionStatus.Reason.CLOSED)));
    }
}
