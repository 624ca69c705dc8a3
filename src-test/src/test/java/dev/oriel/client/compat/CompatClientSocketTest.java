package dev.oriel.client.compat;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionStatus.Live;
import dev.oriel.client.ConnectionStatus.Offline;
import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.ConnectionStatus.Reconnecting;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.RecordingFeedListener;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.compat.protocol.EffectSummary;
import dev.oriel.client.connect.ServerClients;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.peer.PeerConnection;
import dev.oriel.testing.peer.TestPeer;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients of the four other kinds of server, with servers that the test scripts frame by frame.
class CompatClientSocketTest {
    private static final NewSessionRequest USUAL = NewSessionRequest.DEFAULTS;

    private final TestPeer peer = new TestPeer();
    private final PromptOutbox outbox = PromptOutbox.inMemory();
    private final RecordingFeedListener feed = new RecordingFeedListener();
    private final RecordingSessionListener listener = new RecordingSessionListener();
    private @Nullable ServerClient remote;

    @AfterEach
    void close() throws Exception {
        if (remote != null) {
            remote.close();
        }
        peer.close();
    }

    private ServerClient remote() {
        return Objects.requireNonNull(remote);
    }

    private static ReconnectPolicy quick(ServerKind kind) {
        ReconnectPolicy usual = kind.reconnectPolicy();
        return new ReconnectPolicy(
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                usual.maxAttempts(),
                usual.maxNotFoundAttempts(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5));
    }

    private PeerConnection connect(ServerKind kind, String token) throws Exception {
        remote =
                ServerClients.create(
                        kind,
                        ServerAddress.parse(peer.url()),
                        () -> token,
                        quick(kind),
                        outbox,
                        Transport.systemDefault());
        remote().subscribeFeed(feed);
        return peer.accept();
    }

    private static void accept(ServerKind kind, PeerConnection caller) {
        caller.upgrade();
        switch (kind) {
            case ENHANCED ->
                    caller.sendText(
                            frame("{'type':'connection_established','data':{'session_id':'s'}}"));
            case RELAY -> caller.sendText(frame("{'type':'connected'}"));
            case ONESHOT -> caller.sendText(frame("{'info':'send {prompt,meta}'}"));
            case MANAGER -> {
                assertThat(caller.receive().path("type").asText()).isEqualTo("list_sessions");
                caller.sendText(frame("{'type':'sessions_list','sessions':[]}"));
            }
            case NATIVE -> throw new IllegalArgumentException();
        }
    }

    private SessionSubscription open() throws Exception {
        SessionInfo session = remote().createSession(USUAL).get(Patience.SECONDS, TimeUnit.SECONDS);
        return remote().subscribe(session.id(), session.lastSeq(), listener);
    }

    private void submit(SessionSubscription to, String prompt) throws Exception {
        outbox.add(to.sessionId(), UserMessages.prompt(UUID.randomUUID(), prompt));
        to.sendPending();
    }

    private Activity activity(SessionSubscription of) {
        return feed.info(of.sessionId()).activity();
    }

    @Test
    void anEnhancedServerAnswersQueryAfterQuery() throws Exception {
        PeerConnection caller = connect(ServerKind.ENHANCED, "");
        assertThat(caller.path()).isEqualTo("/ws");
        accept(ServerKind.ENHANCED, caller);
        await().until(feed::live);
        SessionSubscription link = open();
        submit(link, "hello");
        submit(link, "and then");
        assertThat(caller.receive().path("prompt").asText()).isEqualTo("hello");
        await().until(() -> activity(link) == Activity.RUNNING);
        caller.sendText(frame("{'type':'query_start','data':{'prompt':'hello'}}"))
                .sendText(
                        frame(
                                "{'type':'assistant_message','data':{'content':[{'type':'text','text':'Hi'}]}}"))
                .sendText(frame("{'type':'surprise'}"))
                .sendText(
                        frame(
                                "{'type':'result_message','data':{'subtype':'success','total_cost_usd':0.5}}"));
        await().until(() -> listener.conversation().contains("result"));
        // The query ends with query_end; before it, the server would refuse the next one.
        assertThat(outbox.pending(link.sessionId())).hasSize(1);
        caller.sendText(frame("{'type':'query_end'}"));
        assertThat(caller.receive().path("prompt").asText()).isEqualTo("and then");
        caller.sendText(frame("{'type':'error','data':{'error':'broken'}}"));
        await().until(() -> activity(link) == Activity.IDLE);
        assertThat(listener.conversation())
                .containsExactly(
                        "prompt hello", "text Hi", "result", "prompt and then", "failed broken");
        assertThat(listener.seqs()).isSorted().doesNotHaveDuplicates();
        assertThat(feed.info(link.sessionId()).costUsd()).isEqualTo(0.5);
        assertThat(remote().frameLog().entries())
                .anyMatch(f -> f.text().equals("ignored: unknown type surprise"));
        // A later subscriber finds the messages.
        HistoryPage page =
                remote().messagesBefore(link.sessionId(), Long.MAX_VALUE, 2)
                        .get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(page.hasMore()).isTrue();
        assertThat(page.messages()).extracting(EffectSummary::describe).contains("failed broken");
    }

    /// More frames than the window, so that a failure must not use up a place in it.
    @Test
    void anExceptionOfAListenerIsLoggedAndTheConnectionContinues() throws Exception {
        PeerConnection caller = connect(ServerKind.RELAY, "");
        accept(ServerKind.RELAY, caller);
        await().until(feed::live);
        SessionInfo session = remote().createSession(USUAL).get(Patience.SECONDS, TimeUnit.SECONDS);
        AtomicInteger heard = new AtomicInteger();
        try (CapturedLog logs = CapturedLog.errors("dev.oriel.client")) {
            remote().subscribe(
                            session.id(),
                            0,
                            new SessionListener() {
                                @Override
                                public void onStatus(ConnectionStatus state) {}

                                @Override
                                public void onMessage(Message message) {
                                    if (message.is("assistant")) {
                                        heard.incrementAndGet();
                                        throw new IllegalStateException("a bug");
                                    }
                                }
                            });
            for (int i = 0; i < 80; i++) {
                caller.sendText(
                        frame(
                                "{'type':'sdk_message','data':{'type':'assistant','message':{'id':'%d','content':[]}}}"
                                        .formatted(i)));
            }
            await().untilAsserted(() -> assertThat(heard).hasValue(80));
            await().untilAsserted(() -> assertThat(logs.lines()).hasSize(80));
            assertThat(logs.lines().getFirst()).contains("a bug");
            assertThat(feed.live()).isTrue();
        }
    }

    @Test
    void anInterruptOfAnEnhancedQueryIsConfirmed() throws Exception {
        PeerConnection caller = connect(ServerKind.ENHANCED, "");
        accept(ServerKind.ENHANCED, caller);
        await().until(feed::live);
        SessionSubscription link = open();
        submit(link, "hello");
        caller.receive();
        await().until(() -> activity(link) == Activity.RUNNING);
        var receipt = link.sendControl(Json.object().put("subtype", "interrupt"));
        assertThat(caller.receive().path("type").asText()).isEqualTo("interrupt");
        assertThat(receipt).isNotDone();
        caller.sendText(frame("{'type':'interrupt_acknowledged'}"));
        receipt.get(Patience.SECONDS, TimeUnit.SECONDS);
        caller.sendText(frame("{'type':'query_cancelled'}"));
        await().until(() -> listener.conversation().contains("interrupted"));
    }

    @Test
    void anInterruptThatHoldsTheQueueSendsNothingUntilItIsRun() throws Exception {
        PeerConnection caller = connect(ServerKind.ENHANCED, "");
        accept(ServerKind.ENHANCED, caller);
        await().until(feed::live);
        SessionSubscription link = open();
        submit(link, "hello");
        submit(link, "and then");
        caller.receive();
        await().until(() -> activity(link) == Activity.RUNNING);
        link.sendControl(Json.object().put("subtype", "interrupt").put("hold_queue", true));
        assertThat(caller.receive().path("type").asText()).isEqualTo("interrupt");
        caller.sendText(frame("{'type':'query_cancelled'}"))
                .sendText(frame("{'type':'query_end'}"));
        await().until(() -> activity(link) == Activity.IDLE);
        assertThat(outbox.pending(link.sessionId())).hasSize(1);
        link.sendControl(Json.object().put("subtype", "oriel_run_queue"));
        assertThat(caller.receive().path("prompt").asText()).isEqualTo("and then");
        assertThat(outbox.pending(link.sessionId())).isEmpty();
    }

    @Test
    void anEnhancedConversationIsResumedAfterALostConnection() throws Exception {
        PeerConnection first = connect(ServerKind.ENHANCED, "");
        accept(ServerKind.ENHANCED, first);
        await().until(feed::live);
        SessionSubscription link = open();
        submit(link, "hello");
        first.receive();
        first.sendText(
                        frame(
                                "{'type':'result_message','data':{'subtype':'success',"
                                        + "'session_id':'6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01'}}"))
                .sendText(frame("{'type':'query_end'}"));
        await().until(() -> listener.conversation().contains("result"));
        first.close(1000);
        PeerConnection second = peer.accept();
        assertThat(feed.states).anyMatch(s -> s instanceof Reconnecting);
        accept(ServerKind.ENHANCED, second);
        submit(link, "more");
        assertThat(second.receive().path("options").path("resume").asText())
                .isEqualTo("6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01");
    }

    @Test
    void aRelayPassesTheAgentsMessagesOn() throws Exception {
        PeerConnection caller = connect(ServerKind.RELAY, "secret");
        assertThat(caller.header("authorization")).isEqualTo("Bearer secret");
        assertThat(caller.path()).doesNotContain("secret");
        accept(ServerKind.RELAY, caller);
        await().until(feed::live);
        SessionSubscription link = open();
        submit(link, "hello");
        JsonNode prompt = caller.receive();
        assertThat(prompt.path("data").path("message").path("content").asText()).isEqualTo("hello");
        caller.sendText(
                        frame(
                                "{'type':'sdk_message','data':{'type':'system','subtype':'init','model':'m1',"
                                    + "'cwd':'/proj','permissionMode':'default'}}"))
                .sendText(
                        frame(
                                "{'type':'sdk_message','data':{'type':'assistant','message':{'id':'a','content':"
                                    + "[{'type':'text','text':'Hi'}]}}}"));
        link.sendControl(Json.object().put("subtype", "interrupt"))
                .get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(caller.receive().path("type").asText()).isEqualTo("interrupt");
        caller.sendText(
                frame(
                        "{'type':'sdk_message','data':{'type':'result',"
                                + "'subtype':'error_during_execution','is_error':true,"
                                + "'terminal_reason':'aborted_streaming','total_cost_usd':0.25}}"));
        await().until(() -> listener.conversation().contains("interrupted"));
        SessionInfo known = feed.info(link.sessionId());
        assertThat(known.model()).isEqualTo("m1");
        assertThat(known.cwd()).isEqualTo("/proj");
        assertThat(known.costUsd()).isEqualTo(0.25);
    }

    @Test
    void aRelayThatIsTakenOrLostIsNotConnectedAgain() throws Exception {
        PeerConnection caller = connect(ServerKind.RELAY, "");
        caller.upgrade()
                .sendText(
                        frame("{'type':'error','error':'Server already has an active connection'}"))
                .close(1000);
        await().until(() -> feed.states.getLast() instanceof Offline);
        Offline offline = (Offline) feed.states.getLast();
        assertThat(offline.reason()).isEqualTo(Reason.REFUSED);
        assertThat(offline.cause()).contains("Another program");
        assertThat(feed.states).noneMatch(s -> s instanceof Live || s instanceof Reconnecting);

        remote().subscribeFeed(feed).reconnect();
        PeerConnection again = peer.accept();
        accept(ServerKind.RELAY, again);
        await().until(feed::live);
        again.drop();
        await().until(() -> feed.states.getLast() instanceof Offline);
        assertThat(peer.pending()).isZero();
    }

    @Test
    void aOneshotServerGetsOneConnectionPerPrompt() throws Exception {
        PeerConnection first = connect(ServerKind.ONESHOT, "");
        assertThat(first.path()).isEqualTo("/ws/claude");
        accept(ServerKind.ONESHOT, first);
        await().until(feed::live);
        SessionSubscription link = open();
        submit(link, "one");
        submit(link, "two");
        assertThat(first.receive().path("prompt").asText()).isEqualTo("one");
        String line =
                frame(
                        "{'type':'assistant','message':{'id':'a','content':[{'type':'text','text':'Hi'}]}}");
        first.sendText(line.substring(0, 30))
                .sendText(
                        line.substring(30) + "\n" + frame("{'type':'result','subtype':'success'}"))
                .sendText("\n");
        await().until(() -> listener.conversation().contains("result"));
        first.close(1000);

        PeerConnection second = peer.accept();
        accept(ServerKind.ONESHOT, second);
        assertThat(second.receive().path("prompt").asText()).isEqualTo("two");
        second.sendText(frame("{'error':'bad flag'}")).close(1011);
        await().until(() -> listener.conversation().contains("failed bad flag"));
        assertThat(listener.conversation())
                .containsExactly(
                        "prompt one", "text Hi", "result", "prompt two", "failed bad flag");
        assertThat(feed.states).noneMatch(s -> s instanceof Reconnecting);
        accept(ServerKind.ONESHOT, peer.accept());
    }

    @Test
    void aOneshotPromptIsInterruptedByClosingTheConnection() throws Exception {
        PeerConnection first = connect(ServerKind.ONESHOT, "");
        accept(ServerKind.ONESHOT, first);
        await().until(feed::live);
        SessionSubscription link = open();
        submit(link, "one");
        first.receive();
        submit(link, "two");
        link.sendControl(Json.object().put("subtype", "interrupt"))
                .get(Patience.SECONDS, TimeUnit.SECONDS);
        await().until(() -> listener.conversation().contains("interrupted"));
        PeerConnection second = peer.accept();
        accept(ServerKind.ONESHOT, second);
        assertThat(second.receive().path("prompt").asText()).isEqualTo("two");
    }

    @Test
    void aManagerHasManySessionsAtTheSameTime() throws Exception {
        PeerConnection caller = connect(ServerKind.MANAGER, "key");
        caller.upgrade();
        JsonNode auth = caller.receive();
        assertThat(auth).isEqualTo(EffectSummary.json("{'type':'auth','token':'key'}"));
        caller.receive();
        caller.sendText(frame("{'type':'auth_success'}"))
                .sendText(
                        frame(
                                "{'type':'sessions_list','sessions':[{'id':'old','status':'idle','options':"
                                    + "{'working_directory':'/w'},'created_at':'2026-01-02T03:04:05.000006'}]}"));
        await().until(() -> feed.known.containsKey("old"));
        assertThat(feed.info("old").cwd()).isEqualTo("/w");
        assertThat(remote().frameLog().entries()).noneMatch(f -> f.text().contains("\"key\""));

        var created = remote().createSession(USUAL);
        String id = caller.receive().path("session_id").asText();
        caller.sendText(
                frame(
                        "{'type':'session_created','session_id':'"
                                + id
                                + "','session':{'id':'"
                                + id
                                + "','status':'idle'}}"));
        assertThat(created.get(Patience.SECONDS, TimeUnit.SECONDS).id()).isEqualTo(id);
        SessionSubscription link = remote().subscribe(id, 0, listener);
        submit(link, "hello");
        assertThat(caller.receive().path("prompt").asText()).isEqualTo("hello");
        caller.sendText(
                frame(
                        "{'type':'permission_request','session_id':'"
                                + id
                                + "','request_id':'r','tool':'Bash','parameters':{'command':'ls'}}"));
        await().until(() -> activity(link) == Activity.ASKING);
        link.reply(
                Message.of(
                        EffectSummary.json(
                                "{'type':'control_response','response':{'subtype':'success','request_id':'r',"
                                    + "'response':{'behavior':'allow'}}}")));
        JsonNode answer = caller.receive();
        while (answer.path("type").asText().equals("list_sessions")) {
            answer = caller.receive();
        }
        assertThat(answer.path("approved").asBoolean()).isTrue();
        caller.sendText(
                        frame(
                                "{'type':'agent_message','content':'Hi','complete':false,"
                                        + "'message_id':'a','session_id':'"
                                        + id
                                        + "'}"))
                .sendText(
                        frame(
                                "{'type':'agent_message','content':'Hi','complete':true,'message_id':'a','session_id':'"
                                        + id
                                        + "'}"))
                .sendText(
                        frame(
                                "{'type':'sessions_list','sessions':[{'id':'"
                                        + id
                                        + "','status':'idle'},{'id':'old','status':'idle'}]}"));
        await().until(() -> listener.conversation().contains("result"));
        assertThat(listener.conversation())
                .containsExactly("prompt hello", "ask Bash", "text Hi", "result");

        assertThat(link.sendControl(Json.object().put("subtype", "interrupt")))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("cannot stop");
        var deleted = remote().deleteSession(id);
        JsonNode end = caller.receive();
        while (end.path("type").asText().equals("list_sessions")) {
            end = caller.receive();
        }
        assertThat(end.path("type").asText()).isEqualTo("end_session");
        caller.sendText(frame("{'type':'session_ended','session_id':'" + id + "'}"));
        deleted.get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(feed.known).containsOnlyKeys("old");
    }

    @Test
    void aFullManagerRejectsANewSession() throws Exception {
        PeerConnection caller = connect(ServerKind.MANAGER, "");
        accept(ServerKind.MANAGER, caller);
        await().until(feed::live);
        var created = remote().createSession(USUAL);
        caller.receive();
        caller.sendText(
                frame(
                        "{'type':'error','message':'Maximum concurrent sessions (10)"
                                + " reached','session_id':null}"));
        assertThat(created)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("Maximum concurrent sessions");
    }

    @Test
    void aManagerThatRefusesTheKeyIsNotConnectedAgain() throws Exception {
        PeerConnection caller = connect(ServerKind.MANAGER, "wrong");
        caller.upgrade();
        caller.receive();
        caller.sendText(frame("{'type':'error','message':'Invalid authentication token'}"))
                .close(1008, "Authentication required");
        await().until(() -> feed.states.getLast() instanceof Offline);
        assertThat(((Offline) feed.states.getLast()).reason()).isEqualTo(Reason.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(value = ServerKind.class, names = "NATIVE", mode = EnumSource.Mode.EXCLUDE)
    void aConnectionThatIsLostDuringAnAnswerFailsTheTurn(ServerKind kind) throws Exception {
        PeerConnection caller = connect(kind, "");
        accept(kind, caller);
        await().until(feed::live);
        var created = remote().createSession(USUAL);
        if (kind == ServerKind.MANAGER) {
            String id = caller.receive().path("session_id").asText();
            caller.sendText(
                    frame(
                            "{'type':'session_created','session_id':'"
                                    + id
                                    + "','session':{'id':'"
                                    + id
                                    + "'}}"));
        }
        SessionSubscription link =
                remote().subscribe(
                                created.get(Patience.SECONDS, TimeUnit.SECONDS).id(), 0, listener);
        submit(link, "hello");
        caller.receive();
        caller.drop();
        await().until(() ->
                listener.conversation().stream()
                        .anyMatch(s -> s.startsWith("failed The connection was lost")));
        assertThat(outbox.pending(link.sessionId())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = ServerKind.class, names = "NATIVE", mode = EnumSource.Mode.EXCLUDE)
    void aServerThatAcceptsAndClosesEndsTheAttempts(ServerKind kind) throws Exception {
        PeerConnection caller = connect(kind, "");
        for (int i = 0; i <= kind.reconnectPolicy().maxAttempts(); i++) {
            (i == 0 ? caller : peer.accept()).upgrade().close(1011);
        }
        await().until(() -> feed.states.getLast() instanceof Offline);
        assertThat(peer.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerKind.class,
            names = {"ENHANCED", "RELAY", "ONESHOT"})
    void aPromptWaitsUntilThereIsAConnection(ServerKind kind) throws Exception {
        PeerConnection caller = connect(kind, "");
        SessionSubscription link = open();
        submit(link, "early");
        accept(kind, caller);
        assertThat(caller.receive().toString()).contains("early");
    }
}
