package dev.oriel.client.compat;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ConnectionStatus.Offline;
import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.client.compat.protocol.EnhancedAdapter;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.message.CloseCode;
import dev.oriel.message.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The sessions of a server that only lists them: which are there, and what is shown of them.
class CompatListTest extends CompatConnectionFixture {
    @Test
    void aSessionThatIsGoneFromTheListIsRemovedUnlessItIsBeingChanged() {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        String empty = frame("{'type':'sessions_list','sessions':[]}");
        CompletableFuture<Void> deleted = commands.deleteSession("s");
        network.receive(socket, empty);
        assertThat(feed.known).containsOnlyKeys("s");
        network.receive(socket, frame("{'type':'session_ended','session_id':'s'}"));
        assertThat(deleted).isCompleted();
        assertThat(feed.known).isEmpty();
    }

    @Test
    void aSessionThatWasDeletedDuringItsTurnDoesNotComeBack() throws Exception {
        CompatCommands commands = relay();
        FakeWebSocket socket = acceptRelay();
        String id = open(commands);
        submit(commands, id, "one");
        assertThat(commands.deleteSession(id)).isCompleted();
        assertThat(feed.known).isEmpty();
        network.receive(
                socket,
                relayed("{'type':'assistant','message':{'content':[{'type':'text','text':'Hi'}]}}"),
                relayed("{'type':'result','subtype':'success'}"));
        assertThat(feed.known).isEmpty();
        assertThat(requireNonNull(sessions).find(id)).isNull();
    }

    @Test
    void aFrameOfATurnWithoutASessionAddsNone() {
        manager();
        FakeWebSocket socket = acceptManager();
        network.receive(socket, frame("{'type':'permission_request','request_id':'r'}"));
        assertThat(feed.known).containsOnlyKeys("s");
    }

    @Test
    void aSessionThatAnotherClientDeletesIsOfflineForItsSubscribers() throws Exception {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        commands.subscribe("s", new SessionSubscriber(0, listener));
        submit(commands, "s", "one");
        submit(commands, "s", "two");
        network.receive(socket, frame("{'type':'session_ended','session_id':'s'}"));
        assertThat(listener.states)
                .last()
                .isEqualTo(
                        new Offline(
                                "The server does not know this session any more.",
                                Reason.NOT_FOUND));
        assertThat(feed.known).isEmpty();
        assertThat(outbox.pending("s")).isEmpty();
        // Late frames of its turn change nothing.
        int before = listener.messages.size();
        network.receive(
                socket, frame("{'type':'agent_message','content':'late','session_id':'s'}"));
        assertThat(listener.messages).hasSize(before);
        assertThat(feed.known).isEmpty();
    }

    @Test
    void aPromptIsNotSentToASessionThatTheServerHasForgottenMeanwhile() throws Exception {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        commands.subscribe("s", new SessionSubscriber(0, listener));
        network.close(socket, CloseCode.GOING_AWAY);
        submit(commands, "s", "late");
        reconnect.run();
        FakeWebSocket next = network.accept();
        network.receive(next, frame("{'type':'sessions_list','sessions':[]}"));
        assertThat(next.sent).containsExactly("{\"type\":\"list_sessions\"}");
        assertThat(feed.known).isEmpty();
    }

    @Test
    void deletingASessionConfirmsTheInterruptOfItsTurn() throws Exception {
        CompatCommands commands = connect(ServerKind.ENHANCED, new EnhancedAdapter());
        FakeWebSocket socket = network.accept();
        network.receive(socket, frame("{'type':'connection_established'}"));
        String id = open(commands);
        submit(commands, id, "one");
        CompletableFuture<ObjectNode> interrupted =
                commands.control(id, Json.object().put("subtype", "interrupt"));
        assertThat(interrupted).isNotDone();
        assertThat(commands.deleteSession(id)).isCompleted();
        assertThat(interrupted).isCompleted();
    }

    @Test
    void theListUpdatesWhatIsShownOfASession() {
        manager();
        FakeWebSocket socket = acceptManager();
        network.receive(
                socket,
                frame(
                        "{'type':'sessions_list','sessions':[{'id':'s','status':'error','error_message':'full',"
                            + "'options':{'working_directory':'/w','permission_mode':'plan'}}]}"));
        assertThat(feed.info("s").cwd()).isEqualTo("/w");
        assertThat(feed.info("s").permissionMode()).isEqualTo("plan");
        assertThat(feed.info("s").error()).isEqualTo("full");
    }

    @Test
    void turnsArePolledEveryTwoSecondsWhileOneRuns() throws Exception {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        commands.subscribe("s", new SessionSubscriber(0, listener));
        network.lane.advance(Duration.ofSeconds(10));
        assertThat(socket.sent).isEmpty();

        submit(commands, "s", "hi");
        socket.sent.clear();
        network.lane.advance(Duration.ofSeconds(2));
        assertThat(socket.sent).containsExactly("{\"type\":\"list_sessions\"}");
    }

    @Test
    void aTurnOfAnotherClientRunsUntilTheListShowsItsEnd() throws Exception {
        CompatCommands commands = manager();
        FakeWebSocket socket = acceptManager();
        commands.subscribe("s", new SessionSubscriber(0, listener));
        network.receive(
                socket, frame("{'type':'agent_thinking','thinking':true,'session_id':'s'}"));
        assertThat(feed.info("s").activity()).isEqualTo(Activity.RUNNING);
        submit(commands, "s", "next");
        assertThat(socket.sent).isEmpty();

        network.lane.advance(Duration.ofSeconds(2));
        assertThat(socket.sent).containsExactly("{\"type\":\"list_sessions\"}");
        network.receive(
                socket, frame("{'type':'sessions_list','sessions':[{'id':'s','status':'idle'}]}"));
        assertThat(socket.sent).last().asString().contains("next");
        assertThat(feed.info("s").title()).isEqualTo("next");
    }

    @Test
    void theOnlySessionHasTheSameIdForTheSameServer() {
        String id = relay().createSession(NewSessionRequest.DEFAULTS).join().id();
        assertThat(relay().createSession(NewSessionRequest.DEFAULTS).join().id()).isEqualTo(id);
        assertThat(
                        connect(ServerKind.ENHANCED, new EnhancedAdapter())
                                .createSession(NewSessionRequest.DEFAULTS)
                                .join()
                                .id())
                .isNotEqualTo(id);
    }
}
