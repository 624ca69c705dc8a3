package dev.oriel.client.compat;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionStatus.Offline;
import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.client.SessionListener;
import dev.oriel.client.compat.protocol.EnhancedAdapter;
import dev.oriel.client.compat.protocol.OneshotAdapter;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.message.CloseCode;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// Performing effects, without a network, a thread or a clock.
class CompatConnectionTest extends CompatConnectionFixture {
    private static ClientException failure(CompletableFuture<?> of) throws Exception {
        try {
            of.get();
            throw new AssertionError("it did not fail");
        } catch (ExecutionException e) {
            return (ClientException) requireNonNull(e.getCause());
        }
    }

    @Test
    void promptsAreSentOneByOneAndRemovedFromTheOutbox() throws Exception {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = open(commands);
        submit(commands, id, "one");
        submit(commands, id, "two");
        assertThat(socket.sent).singleElement().asString().contains("one");
        assertThat(outbox.pending(id)).hasSize(1);

        network.receive(socket, relayed("{'type':'result','subtype':'success'}"));
        assertThat(socket.sent).hasSize(2).last().asString().contains("two");
        assertThat(outbox.pending(id)).isEmpty();
    }

    @Test
    void aPromptThatWasSentIsNotSentAgain() throws Exception {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = open(commands);
        submit(commands, id, "one");
        network.close(socket, CloseCode.INTERNAL_ERROR);
        assertThat(listener.conversation()).last().asString().startsWith("failed The connection");
        reconnect.run();
        assertThat(acceptRelay().sent).isEmpty();
    }

    @Test
    void aPromptWaitsForTheConnection() throws Exception {
        CompatCommands commands = relay();
        String id = open(commands);
        submit(commands, id, "early");
        assertThat(acceptRelay().sent).singleElement().asString().contains("early");
    }

    @Test
    void anInterruptCanHoldTheQueueUntilItIsRun() throws Exception {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = open(commands);
        submit(commands, id, "one");
        submit(commands, id, "two");
        ObjectNode interrupt = Json.object().put("subtype", "interrupt").put("hold_queue", true);
        assertThat(commands.control(id, interrupt)).isCompleted();
        assertThat(feed.info(id).activity()).isEqualTo(Activity.INTERRUPTING);
        network.receive(socket, relayed("{'type':'result','subtype':'success'}"));
        assertThat(feed.info(id).activity()).isEqualTo(Activity.IDLE);
        assertThat(outbox.pending(id)).hasSize(1);

        commands.sendPending(id);
        network.lane.runAll();
        assertThat(socket.sent).last().asString().contains("two");
    }

    @Test
    void anUnknownSessionIsOffline() {
        relay().subscribe("x", new SessionSubscriber(0, listener));
        assertThat(listener.states)
                .containsExactly(
                        new Offline(
                                "The server does not know this session any more.",
                                Reason.NOT_FOUND));
    }

    @Test
    void aLaterSubscriberReceivesWhatItDoesNotKnow() throws Exception {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = open(commands);
        submit(commands, id, "one");
        network.receive(
                socket,
                relayed(
                        "{'type':'assistant','message':{'content':[{'type':'text','text':'Hi'}]}}"));
        RecordingSessionListener later = new RecordingSessionListener();
        commands.subscribe(id, new SessionSubscriber(1, later));
        assertThat(later.conversation()).containsExactly("text Hi");
        assertThat(later.messages).last().matches(m -> m.is("system", "oriel_session"));
        assertThat(listener.conversation()).containsExactly("prompt one", "text Hi");
    }

    @Test
    void aSubscriberThatLeftReceivesNothing() {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = commands.createSession(NewSessionRequest.DEFAULTS).join().id();
        SessionSubscriber subscriber = new SessionSubscriber(0, listener);
        commands.subscribe(id, subscriber);
        int before = listener.messages.size();
        commands.unsubscribe(id, subscriber);
        commands.unsubscribeFeed(feed);
        int states = feed.states.size();
        network.receive(socket, relayed("{'type':'system','subtype':'status'}"));
        network.close(socket, CloseCode.NORMAL);
        assertThat(listener.messages).hasSize(before);
        assertThat(feed.states).hasSize(states);
    }

    @Test
    void noFurtherFrameIsReadUntilAllSubscribersAreReady() {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = open(commands);
        CompletableFuture<Void> room = new CompletableFuture<>();
        commands.subscribe(
                id,
                new SessionSubscriber(
                        0,
                        new SessionListener() {
                            @Override
                            public void onStatus(ConnectionStatus status) {}

                            @Override
                            public void onMessage(Message message) {}

                            @Override
                            public CompletionStage<?> ready() {
                                return room;
                            }
                        }));
        network.receive(socket, relayed("{'type':'system','subtype':'status'}"));
        assertThat(socket.requested()).isEqualTo(63);
        room.complete(null);
        assertThat(socket.requested()).isEqualTo(64);
    }

    @Test
    void anAskIsResolvedOnceAndItsAcknowledgementIsNotPublished() {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        commands.subscribe("s", new SessionSubscriber(0, listener));
        network.receive(
                socket,
                frame(
                        "{'type':'permission_request','session_id':'s','request_id':'r','tool':'Bash'}"));
        assertThat(feed.info("s").activity()).isEqualTo(Activity.ASKING);
        assertThat(listener.conversation()).containsExactly("ask Bash");
        Message allow =
                Message.of(
                        json(
                                "{'type':'control_response','response':{'subtype':'success','request_id':'r',"
                                    + "'response':{'behavior':'allow'}}}"));
        commands.resolveAsk("s", allow);
        commands.resolveAsk("s", allow);
        network.lane.runAll();
        assertThat(socket.sent).filteredOn(f -> f.contains("permission_response")).hasSize(1);
        network.receive(
                socket,
                frame("{'type':'permission_acknowledged','session_id':'s','request_id':'r'}"));
        assertThat(listener.conversation()).containsExactly("ask Bash");
    }

    @Test
    void requestsFailWithTheConnection() throws Exception {
        CompatCommands commands = manager();
        assertThat(failure(commands.createSession(NewSessionRequest.DEFAULTS)).code())
                .isEqualTo(ErrorCode.LINK_LOST);
        FakeWebSocket socket = acceptManager();
        CompletableFuture<SessionInfo> created = commands.createSession(NewSessionRequest.DEFAULTS);
        CompletableFuture<Void> deleted = commands.deleteSession("s");
        network.close(socket, CloseCode.GOING_AWAY);
        assertThat(failure(created).code()).isEqualTo(ErrorCode.LINK_LOST);
        assertThat(failure(deleted).code()).isEqualTo(ErrorCode.LINK_LOST);
    }

    @Test
    void aRequestFailsWhenTheServerDoesNotRespondForAMinute() throws Exception {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        CompletableFuture<Void> deleted = commands.deleteSession("s");
        for (int i = 0; i < 3; i++) {
            network.lane.advance(Duration.ofSeconds(19));
            socket.receivePong();
            assertThat(deleted).isNotDone();
        }
        network.lane.advance(Duration.ofSeconds(3));
        assertThat(failure(deleted).code()).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void aPromptWaitsForATurnThatOutlivedItsConnection() throws Exception {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        commands.subscribe("s", new SessionSubscriber(0, listener));
        submit(commands, "s", "one");
        network.close(socket, CloseCode.GOING_AWAY);
        submit(commands, "s", "two");
        reconnect.run();
        FakeWebSocket next = network.accept();
        network.receive(
                next,
                frame("{'type':'sessions_list','sessions':[{'id':'s','status':'processing'}]}"));
        assertThat(next.sent).noneMatch(f -> f.contains("send_prompt"));
        assertThat(feed.info("s").activity()).isEqualTo(Activity.RUNNING);
        network.receive(
                next, frame("{'type':'sessions_list','sessions':[{'id':'s','status':'idle'}]}"));
        assertThat(next.sent).last().asString().contains("two");
    }

    @Test
    void aSeqOfTheServerDoesNotHideLaterMessages() throws Exception {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = open(commands);
        submit(commands, id, "one");
        network.receive(
                socket,
                relayed("{'seq':900,'type':'stream_event','event':{}}"),
                relayed(
                        "{'seq':900,'type':'assistant','message':{'content':[{'type':'text','text':'Hi'}]}}"),
                relayed("{'type':'result','subtype':'success','seq':'x'}"));
        assertThat(listener.seqs()).containsExactly(1L, 2L, 3L);
        assertThat(listener.conversation()).contains("text Hi", "result");
        assertThat(feed.info(id).lastSeq()).isEqualTo(3);
    }

    @Test
    void whatTheAgentReportsAtItsStartIsShownAtOnce() throws Exception {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = open(commands);
        submit(commands, id, "one");
        network.receive(socket, relayed("{'type':'system','subtype':'init','model':'m'}"));
        assertThat(feed.info(id).model()).isEqualTo("m");
    }

    @Test
    void theCostIsShownBeforeTheTurnEnds() throws Exception {
        CompatCommands commands = connect(ServerKind.ONESHOT, new OneshotAdapter());
        FakeWebSocket socket = network.accept();
        network.receive(socket, frame("{'info':'send {prompt,meta}'}"));
        String id = open(commands);
        submit(commands, id, "one");
        network.receive(
                socket, frame("{'type':'result','subtype':'success','total_cost_usd':0.5}"));
        assertThat(feed.info(id).activity()).isEqualTo(Activity.RUNNING);
        assertThat(feed.info(id).costUsd()).isEqualTo(0.5);
    }

    @Test
    void theEndOfATurnConfirmsItsInterrupt() throws Exception {
        CompatCommands commands = connect(ServerKind.ENHANCED, new EnhancedAdapter());
        FakeWebSocket socket = network.accept();
        network.receive(socket, frame("{'type':'connection_established'}"));
        String id = open(commands);
        submit(commands, id, "one");
        CompletableFuture<ObjectNode> interrupted =
                commands.control(id, Json.object().put("subtype", "interrupt"));
        network.receive(socket, frame("{'type':'query_end'}"));
        assertThat(interrupted).isCompleted();
        CompletableFuture<ObjectNode> again =
                commands.control(id, Json.object().put("subtype", "interrupt"));
        assertThat(again).as("no query runs").isCompleted();
    }

    @Test
    void subscribersReceiveTheStatusTheStateAndThePendingAsks() {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        commands.subscribe("s", new SessionSubscriber(0, listener));
        network.receive(
                socket,
                frame(
                        "{'type':'permission_request','session_id':'s','request_id':'r','tool':'Bash'}"));
        assertThat(listener.messages)
                .last()
                .extracting(SessionInfo::fromMessage)
                .extracting(info -> requireNonNull(info).activity())
                .isEqualTo(Activity.ASKING);
        RecordingSessionListener later = new RecordingSessionListener();
        commands.subscribe("s", new SessionSubscriber(0, later));
        assertThat(later.conversation()).containsExactly("ask Bash");
        network.close(socket, CloseCode.GOING_AWAY);
        assertThat(listener.conversation()).contains("withdrawn r");
        assertThat(listener.states.getLast()).isInstanceOf(ConnectionStatus.Reconnecting.class);
        assertThat(later.states.getLast()).isInstanceOf(ConnectionStatus.Reconnecting.class);
    }

    @Test
    void aProblemIsPublishedToAllSubscribersAndLogged() {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        open(commands);
        network.receive(socket, frame("{'type':'error','error':'odd'}"));
        assertThat(listener.messages)
                .last()
                .matches(m -> m.is("system", "oriel_notice"))
                .matches(m -> m.tree().path("text").asText().equals("odd"));
        assertThat(network.log.entries()).last().matches(e -> e.text().equals("odd"));
    }

    @Test
    void aRequestToReconnectIsIgnoredWhileTheConnectionStands() {
        relay();
        acceptRelay();
        reconnect.run();
        assertThat(network.isQuiet()).isTrue();
    }
}
