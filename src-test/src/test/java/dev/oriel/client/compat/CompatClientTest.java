package dev.oriel.client.compat;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionStatus.Offline;
import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.RecordingFeedListener;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.link.FakeNetwork;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The client of another kind as its user sees it: calls come from any thread, and all work is done
/// on the lane.
class CompatClientTest {
    private static final ServerAddress SERVER = new ServerAddress(URI.create("http://host:1/ws"));

    private final FakeNetwork network = new FakeNetwork();
    private final PromptOutbox outbox = PromptOutbox.inMemory();
    private final RecordingFeedListener feed = new RecordingFeedListener();
    private final RecordingSessionListener listener = new RecordingSessionListener();
    private final List<String> closed = new ArrayList<>();

    private CompatClient client(ServerKind kind) {
        return new CompatClient(
                kind,
                SERVER,
                outbox,
                network.context(() -> "", kind.reconnectPolicy()),
                () -> closed.add("threads"));
    }

    private FakeWebSocket acceptRelay() {
        FakeWebSocket socket = network.accept();
        network.receive(socket, frame("{'type':'connected'}"));
        return socket;
    }

    private FakeWebSocket acceptManager() {
        FakeWebSocket socket = network.accept();
        network.receive(
                socket, frame("{'type':'sessions_list','sessions':[{'id':'s','status':'idle'}]}"));
        socket.sent.clear();
        return socket;
    }

    private <T> T onLane(CompletableFuture<T> call) {
        network.lane.runAll();
        return call.join();
    }

    private String code(CompletableFuture<?> call) {
        network.lane.runAll();
        return ((ClientException) call.exceptionNow()).code();
    }

    private static Message text(String text) {
        return Message.of(
                json(
                        "{'type':'sdk_message','data':{'type':'assistant','message':{'content':"
                                + "[{'type':'text','text':'"
                                + text
                                + "'}]}}}"));
    }

    @Test
    void itSaysWhatItIs() {
        CompatClient client = client(ServerKind.RELAY);
        assertThat(client.kind()).isEqualTo(ServerKind.RELAY);
        assertThat(client.address()).isEqualTo(SERVER);
        assertThat(client.frameLog()).isSameAs(network.log);
        assertThatIllegalArgumentException().isThrownBy(() -> client(ServerKind.NATIVE));
    }

    @Test
    void nothingHappensOnTheThreadOfTheCaller() {
        CompatClient client = client(ServerKind.RELAY);
        client.subscribeFeed(feed);
        CompletableFuture<SessionInfo> created = client.createSession(NewSessionRequest.DEFAULTS);
        assertThat(feed.states).isEmpty();
        assertThat(created).isNotDone();
        network.lane.runAll();
        assertThat(feed.states).isNotEmpty();
        assertThat(created).isCompleted();
    }

    @Test
    void aFeedThatWasClosedReceivesNothingAndTheOtherOneEverything() {
        CompatClient client = client(ServerKind.MANAGER);
        RecordingFeedListener other = new RecordingFeedListener();
        FeedSubscription subscription = client.subscribeFeed(feed);
        client.subscribeFeed(other);
        subscription.close();
        acceptManager();
        assertThat(feed.known).isEmpty();
        assertThat(other.known).containsOnlyKeys("s");
    }

    @Test
    void bothSubscriptionsCanReconnect() {
        CompatClient client = client(ServerKind.RELAY);
        FeedSubscription ofFeed = client.subscribeFeed(feed);
        SessionSubscription ofSession = client.subscribe("none", 0, listener);
        network.close(acceptRelay(), 1001);
        assertThat(feed.states.getLast()).isInstanceOf(Offline.class);
        ofFeed.reconnect();
        network.close(acceptRelay(), 1001);
        ofSession.reconnect();
        acceptRelay();
        assertThat(feed.states.getLast()).isEqualTo(new ConnectionStatus.Live());
    }

    @Test
    void aSubscriptionSendsPendingPromptsAndEndsWithItsClosing() {
        CompatClient client = client(ServerKind.RELAY);
        client.subscribeFeed(feed);
        FakeWebSocket socket = acceptRelay();
        String id = onLane(client.createSession(NewSessionRequest.DEFAULTS)).id();
        SessionSubscription subscription = client.subscribe(id, 0, listener);
        assertThat(subscription.sessionId()).isEqualTo(id);
        network.lane.runAll();
        outbox.add(id, UserMessages.prompt(UUID.randomUUID(), "hi")).join();
        subscription.sendPending();
        network.lane.runAll();
        assertThat(socket.sent).singleElement().asString().contains("hi");
        subscription.close();
        network.receive(socket, text("Hello").toString());
        assertThat(listener.conversation()).containsExactly("prompt hi");
    }

    @Test
    void aSubscriptionAloneConnectsAndReceivesTheStatus() {
        CompatClient client = client(ServerKind.RELAY);
        String id = onLane(client.createSession(NewSessionRequest.DEFAULTS)).id();
        assertThat(network.isQuiet()).isTrue();
        client.subscribe(id, 0, listener);
        acceptRelay();
        assertThat(listener.states).endsWith(new ConnectionStatus.Live());
        RecordingSessionListener later = new RecordingSessionListener();
        client.subscribe(id, 0, later);
        network.lane.runAll();
        assertThat(later.states).containsExactly(new ConnectionStatus.Live());
    }

    @Test
    void aPromptThatWaitedInTheOutboxIsSentWithTheSubscription() {
        CompatClient client = client(ServerKind.RELAY);
        client.subscribeFeed(feed);
        FakeWebSocket socket = acceptRelay();
        String id = onLane(client.createSession(NewSessionRequest.DEFAULTS)).id();
        outbox.add(id, UserMessages.prompt(UUID.randomUUID(), "of yesterday")).join();
        client.subscribe(id, 0, listener);
        network.lane.runAll();
        assertThat(socket.sent).singleElement().asString().contains("of yesterday");
    }

    @Test
    void aControlRequestFailsUntilTheServerHasAcceptedTheConnection() {
        CompatClient client = client(ServerKind.RELAY);
        client.subscribeFeed(feed);
        String id = onLane(client.createSession(NewSessionRequest.DEFAULTS)).id();
        SessionSubscription subscription = client.subscribe(id, 0, listener);
        ObjectNode interrupt = (ObjectNode) json("{'subtype':'interrupt'}");
        assertThat(code(subscription.sendControl(interrupt))).isEqualTo(ErrorCode.LINK_LOST);
        acceptRelay();
        assertThat(onLane(subscription.sendControl(interrupt))).isEmpty();
    }

    @Test
    void aReplyIsAcceptedOnlyWhileTheConnectionStands() {
        CompatClient client = client(ServerKind.MANAGER);
        client.subscribeFeed(feed);
        FakeWebSocket socket = acceptManager();
        SessionSubscription subscription = client.subscribe("s", 0, listener);
        network.receive(
                socket,
                frame(
                        "{'type':'permission_request','session_id':'s','request_id':'r','tool':'Bash'}"));
        Message allow =
                Message.of(
                        json(
                                "{'type':'control_response','response':{'subtype':'success','request_id':'r',"
                                    + "'response':{'behavior':'allow'}}}"));
        assertThat(subscription.reply(allow)).isTrue();
        network.lane.runAll();
        assertThat(socket.sent).last().asString().contains("\"approved\":true");
        network.close(socket, 1001);
        assertThat(subscription.reply(allow)).isFalse();
    }

    @Test
    void historyIsThatOfTheSessionAndEmptyForAnUnknownOne() {
        CompatClient client = client(ServerKind.RELAY);
        client.subscribeFeed(feed);
        FakeWebSocket socket = acceptRelay();
        String id = onLane(client.createSession(NewSessionRequest.DEFAULTS)).id();
        for (String word : List.of("one", "two", "three")) {
            network.receive(socket, text(word).toString());
        }
        HistoryPage before = onLane(client.messagesBefore(id, 3, 1));
        assertThat(before.messages()).singleElement().asString().contains("two");
        assertThat(before.hasMore()).isTrue();
        HistoryPage after = onLane(client.messagesAfter(id, 1, 2));
        assertThat(after.messages()).hasSize(2).last().asString().contains("three");
        assertThat(after.hasMore()).isFalse();
        assertThat(onLane(client.messagesAfter("none", 0, 9)).messages()).isEmpty();
    }

    @Test
    void whatSuchAServerDoesNotKeepIsUnsupportedOrEmpty() {
        CompatClient client = client(ServerKind.MANAGER);
        assertThat(code(client.renameSession("s", "T"))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(code(client.pinSession("s", true))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(onLane(client.agents())).isEmpty();
        assertThat(onLane(client.search("word", 9))).isEmpty();
    }

    @Test
    void aManagersSessionIsDeletedOnceTheServerConfirmsIt() {
        CompatClient client = client(ServerKind.MANAGER);
        client.subscribeFeed(feed);
        FakeWebSocket socket = acceptManager();
        CompletableFuture<Void> deleted = client.deleteSession("s");
        network.lane.runAll();
        assertThat(deleted).isNotDone();
        network.receive(socket, frame("{'type':'session_ended','session_id':'s'}"));
        assertThat(deleted).isCompleted();
    }

    @Test
    void aCheckPingsTheConnection() {
        CompatClient client = client(ServerKind.RELAY);
        client.subscribeFeed(feed);
        FakeWebSocket socket = acceptRelay();
        client.checkConnections();
        network.lane.runAll();
        assertThat(socket.pings()).isEqualTo(1);
    }

    @Test
    void closingItFailsWhatIsPendingAndEndsTheThreads() {
        CompatClient client = client(ServerKind.MANAGER);
        client.subscribeFeed(feed);
        FakeWebSocket socket = acceptManager();
        CompletableFuture<SessionInfo> created = client.createSession(NewSessionRequest.DEFAULTS);
        network.lane.runAll();
        client.close();
        assertThat(code(created)).isEqualTo(ErrorCode.LINK_LOST);
        assertThat(socket.sent).last().isEqualTo("close 1000");
        assertThat(closed).containsExactly("threads");
        assertThat(feed.states.getLast()).isEqualTo(new Offline("Closed.", Reason.CLOSED));
        assertThat(code(client.createSession(NewSessionRequest.DEFAULTS)))
                .isEqualTo(ErrorCode.LINK_LOST);
    }
}
