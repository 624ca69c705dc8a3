package dev.oriel.client;

import static dev.oriel.client.Tongues.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.LinkState.Live;
import dev.oriel.client.LinkState.Offline;
import dev.oriel.client.LinkState.Reason;
import dev.oriel.client.LinkState.Reconnecting;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.Caller;
import dev.oriel.testing.LoudLogs;
import dev.oriel.testing.TestPeer;
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

/// The clients of the four other kinds, against servers that a test plays frame by frame.
class ForeignClientSocketTest {
    private static final NewSession USUAL = NewSession.USUAL;

    private final TestPeer peer = new TestPeer();
    private final Outbox outbox = Outbox.inMemory();
    private final FeedEars feed = new FeedEars();
    private final Ears ears = new Ears();
    private @Nullable Remote remote;

    @AfterEach
    void hangUp() throws Exception {
        if (remote != null) {
            remote.close();
        }
        peer.close();
    }

    private Remote remote() {
        return Objects.requireNonNull(remote);
    }

    private static ReconnectRules quick(Kind kind) {
        ReconnectRules usual = kind.rules();
        return new ReconnectRules(
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                usual.attempts(),
                usual.notFoundAttempts(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5));
    }

    private Caller connect(Kind kind, String token) throws Exception {
        remote =
                Remotes.of(
                        kind,
                        ServerAddress.parse(peer.url()),
                        () -> token,
                        quick(kind),
                        outbox,
                        Transport.usual());
        remote().feed(feed);
        return peer.accept();
    }

    private static void greet(Kind kind, Caller caller) {
        caller.upgrade();
        switch (kind) {
            case ENHANCED ->
                    caller.text(
                            frame("{'type':'connection_established','data':{'session_id':'s'}}"));
            case RELAY -> caller.text(frame("{'type':'connected'}"));
            case ONESHOT -> caller.text(frame("{'info':'send {prompt,meta}'}"));
            case MANAGER -> {
                assertThat(caller.hear().path("type").asText()).isEqualTo("list_sessions");
                caller.text(frame("{'type':'sessions_list','sessions':[]}"));
            }
            case NATIVE -> throw new IllegalArgumentException();
        }
    }

    private SessionLink begin() throws Exception {
        SessionInfo session = remote().create(USUAL).get(5, TimeUnit.SECONDS);
        return remote().open(session.id(), session.lastSeq(), ears);
    }

    private void say(SessionLink to, String prompt) throws Exception {
        outbox.put(to.sessionId(), UserMessages.prompt(UUID.randomUUID(), prompt));
        to.deliver();
    }

    private Activity activity(SessionLink of) {
        return feed.info(of.sessionId()).activity();
    }

    @Test
    void anEnhancedServerAnswersQueryAfterQuery() throws Exception {
        Caller caller = connect(Kind.ENHANCED, "");
        assertThat(caller.path()).isEqualTo("/ws");
        greet(Kind.ENHANCED, caller);
        await().until(feed::live);
        SessionLink link = begin();
        say(link, "hello");
        say(link, "and then");
        assertThat(caller.hear().path("prompt").asText()).isEqualTo("hello");
        await().until(() -> activity(link) == Activity.RUNNING);
        caller.text(frame("{'type':'query_start','data':{'prompt':'hello'}}"))
                .text(
                        frame(
                                "{'type':'assistant_message','data':{'content':[{'type':'text','text':'Hi'}]}}"))
                .text(frame("{'type':'surprise'}"))
                .text(
                        frame(
                                "{'type':'result_message','data':{'subtype':'success','total_cost_usd':0.5}}"));
        await().until(() -> ears.said().contains("result"));
        // The query is not over before its end: the next one would be refused.
        assertThat(outbox.waiting(link.sessionId())).hasSize(1);
        caller.text(frame("{'type':'query_end'}"));
        assertThat(caller.hear().path("prompt").asText()).isEqualTo("and then");
        caller.text(frame("{'type':'error','data':{'error':'broken'}}"));
        await().until(() -> activity(link) == Activity.IDLE);
        assertThat(ears.said())
                .containsExactly(
                        "prompt hello", "text Hi", "result", "prompt and then", "failed broken");
        assertThat(ears.seqs()).isSorted().doesNotHaveDuplicates();
        assertThat(feed.info(link.sessionId()).costUsd()).isEqualTo(0.5);
        assertThat(remote().frames().last())
                .anyMatch(f -> f.text().equals("ignored: unknown type surprise"));
        // Whoever opens it later finds what was said.
        Page page = remote().before(link.sessionId(), Long.MAX_VALUE, 2).get(5, TimeUnit.SECONDS);
        assertThat(page.more()).isTrue();
        assertThat(page.messages()).extracting(Tongues::said).contains("failed broken");
    }

    /// More often than frames may be on their way at once, so that none is lost by the failure.
    @Test
    void aListenerThatFailsIsToldOfInTheLogAndTheConnectionGoesOn() throws Exception {
        Caller caller = connect(Kind.RELAY, "");
        greet(Kind.RELAY, caller);
        await().until(feed::live);
        SessionInfo session = remote().create(USUAL).get(5, TimeUnit.SECONDS);
        AtomicInteger heard = new AtomicInteger();
        try (LoudLogs logs = LoudLogs.of("dev.oriel.client")) {
            remote().open(
                            session.id(),
                            0,
                            new SessionListener() {
                                @Override
                                public void link(LinkState state) {}

                                @Override
                                public void message(Message message) {
                                    if (message.is("assistant")) {
                                        heard.incrementAndGet();
                                        throw new IllegalStateException("a bug");
                                    }
                                }
                            });
            for (int i = 0; i < 80; i++) {
                caller.text(
                        frame(
                                "{'type':'sdk_message','data':{'type':'assistant','message':{'id':'%d','content':[]}}}"
                                        .formatted(i)));
            }
            await().untilAsserted(() -> assertThat(heard).hasValue(80));
            await().untilAsserted(() -> assertThat(logs.errors()).hasSize(80));
            assertThat(logs.errors().getFirst()).contains("a bug");
            assertThat(feed.live()).isTrue();
        }
    }

    @Test
    void anEnhancedQueryIsInterruptedWithAReceipt() throws Exception {
        Caller caller = connect(Kind.ENHANCED, "");
        greet(Kind.ENHANCED, caller);
        await().until(feed::live);
        SessionLink link = begin();
        say(link, "hello");
        caller.hear();
        await().until(() -> activity(link) == Activity.RUNNING);
        var receipt = link.control(Json.object().put("subtype", "interrupt"));
        assertThat(caller.hear().path("type").asText()).isEqualTo("interrupt");
        assertThat(receipt).isNotDone();
        caller.text(frame("{'type':'interrupt_acknowledged'}"));
        receipt.get(5, TimeUnit.SECONDS);
        caller.text(frame("{'type':'query_cancelled'}"));
        await().until(() -> ears.said().contains("interrupted"));
    }

    @Test
    void aStopThatHoldsTheQueueLetsNothingBeginUntilSomebodyGoesOn() throws Exception {
        Caller caller = connect(Kind.ENHANCED, "");
        greet(Kind.ENHANCED, caller);
        await().until(feed::live);
        SessionLink link = begin();
        say(link, "hello");
        say(link, "and then");
        caller.hear();
        await().until(() -> activity(link) == Activity.RUNNING);
        link.control(Json.object().put("subtype", "interrupt").put("hold_queue", true));
        assertThat(caller.hear().path("type").asText()).isEqualTo("interrupt");
        caller.text(frame("{'type':'query_cancelled'}")).text(frame("{'type':'query_end'}"));
        await().until(() -> activity(link) == Activity.IDLE);
        assertThat(outbox.waiting(link.sessionId())).hasSize(1);
        link.control(Json.object().put("subtype", "oriel_run_queue"));
        assertThat(caller.hear().path("prompt").asText()).isEqualTo("and then");
        assertThat(outbox.waiting(link.sessionId())).isEmpty();
    }

    @Test
    void anEnhancedServerComesBackAndTheConversationIsResumed() throws Exception {
        Caller first = connect(Kind.ENHANCED, "");
        greet(Kind.ENHANCED, first);
        await().until(feed::live);
        SessionLink link = begin();
        say(link, "hello");
        first.hear();
        first.text(
                        frame(
                                "{'type':'result_message','data':{'subtype':'success',"
                                        + "'session_id':'6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01'}}"))
                .text(frame("{'type':'query_end'}"));
        await().until(() -> ears.said().contains("result"));
        first.close(1000);
        Caller second = peer.accept();
        assertThat(feed.states).anyMatch(s -> s instanceof Reconnecting);
        greet(Kind.ENHANCED, second);
        say(link, "more");
        assertThat(second.hear().path("options").path("resume").asText())
                .isEqualTo("6d1f9f5e-4a53-4c1e-9f0b-0c4b6f1f7a01");
    }

    @Test
    void aRelayTellsTheAgentsOwnMessages() throws Exception {
        Caller caller = connect(Kind.RELAY, "secret");
        assertThat(caller.header("authorization")).isEqualTo("Bearer secret");
        assertThat(caller.path()).doesNotContain("secret");
        greet(Kind.RELAY, caller);
        await().until(feed::live);
        SessionLink link = begin();
        say(link, "hello");
        JsonNode prompt = caller.hear();
        assertThat(prompt.path("data").path("message").path("content").asText()).isEqualTo("hello");
        caller.text(
                        frame(
                                "{'type':'sdk_message','data':{'type':'system','subtype':'init','model':'m1',"
                                    + "'cwd':'/work','permissionMode':'default'}}"))
                .text(
                        frame(
                                "{'type':'sdk_message','data':{'type':'assistant','message':{'id':'a','content':"
                                    + "[{'type':'text','text':'Hi'}]}}}"));
        link.control(Json.object().put("subtype", "interrupt")).get(5, TimeUnit.SECONDS);
        assertThat(caller.hear().path("type").asText()).isEqualTo("interrupt");
        caller.text(
                frame(
                        "{'type':'sdk_message','data':{'type':'result','subtype':'error_during_execution','is_error':true,"
                            + "'terminal_reason':'aborted_streaming','total_cost_usd':0.25}}"));
        await().until(() -> ears.said().contains("interrupted"));
        SessionInfo known = feed.info(link.sessionId());
        assertThat(known.model()).isEqualTo("m1");
        assertThat(known.cwd()).isEqualTo("/work");
        assertThat(known.costUsd()).isEqualTo(0.25);
    }

    @Test
    void aRelayThatIsTakenOrLostIsNotTriedAgainByItself() throws Exception {
        Caller caller = connect(Kind.RELAY, "");
        caller.upgrade()
                .text(frame("{'type':'error','error':'Server already has an active connection'}"))
                .close(1000);
        await().until(() -> feed.states.getLast() instanceof Offline);
        Offline offline = (Offline) feed.states.getLast();
        assertThat(offline.reason()).isEqualTo(Reason.REFUSED);
        assertThat(offline.why()).contains("Another program");
        assertThat(feed.states).noneMatch(s -> s instanceof Live || s instanceof Reconnecting);

        remote().feed(feed).reconnect();
        Caller again = peer.accept();
        greet(Kind.RELAY, again);
        await().until(feed::live);
        again.drop();
        await().until(() -> feed.states.getLast() instanceof Offline);
        assertThat(peer.waiting()).isZero();
    }

    @Test
    void aOneshotServerGetsAConnectionAPrompt() throws Exception {
        Caller first = connect(Kind.ONESHOT, "");
        assertThat(first.path()).isEqualTo("/ws/claude");
        greet(Kind.ONESHOT, first);
        await().until(feed::live);
        SessionLink link = begin();
        say(link, "one");
        say(link, "two");
        assertThat(first.hear().path("prompt").asText()).isEqualTo("one");
        String line =
                frame(
                        "{'type':'assistant','message':{'id':'a','content':[{'type':'text','text':'Hi'}]}}");
        first.text(line.substring(0, 30))
                .text(line.substring(30) + "\n" + frame("{'type':'result','subtype':'success'}"))
                .text("\n");
        await().until(() -> ears.said().contains("result"));
        first.close(1000);

        Caller second = peer.accept();
        greet(Kind.ONESHOT, second);
        assertThat(second.hear().path("prompt").asText()).isEqualTo("two");
        second.text(frame("{'error':'bad flag'}")).close(1011);
        await().until(() -> ears.said().contains("failed bad flag"));
        assertThat(ears.said())
                .containsExactly(
                        "prompt one", "text Hi", "result", "prompt two", "failed bad flag");
        assertThat(feed.states).noneMatch(s -> s instanceof Reconnecting);
        greet(Kind.ONESHOT, peer.accept());
    }

    @Test
    void aOneshotPromptIsStoppedByHangingUp() throws Exception {
        Caller first = connect(Kind.ONESHOT, "");
        greet(Kind.ONESHOT, first);
        await().until(feed::live);
        SessionLink link = begin();
        say(link, "one");
        first.hear();
        say(link, "two");
        link.control(Json.object().put("subtype", "interrupt")).get(5, TimeUnit.SECONDS);
        await().until(() -> ears.said().contains("interrupted"));
        Caller second = peer.accept();
        greet(Kind.ONESHOT, second);
        assertThat(second.hear().path("prompt").asText()).isEqualTo("two");
    }

    @Test
    void aManagerHasManySessionsAtOnce() throws Exception {
        Caller caller = connect(Kind.MANAGER, "key");
        caller.upgrade();
        JsonNode auth = caller.hear();
        assertThat(auth).isEqualTo(Tongues.json("{'type':'auth','token':'key'}"));
        caller.hear();
        caller.text(frame("{'type':'auth_success'}"))
                .text(
                        frame(
                                "{'type':'sessions_list','sessions':[{'id':'old','status':'idle','options':"
                                    + "{'working_directory':'/w'},'created_at':'2026-01-02T03:04:05.000006'}]}"));
        await().until(() -> feed.known.containsKey("old"));
        assertThat(feed.info("old").cwd()).isEqualTo("/w");
        assertThat(remote().frames().last()).noneMatch(f -> f.text().contains("\"key\""));

        var created = remote().create(USUAL);
        String id = caller.hear().path("session_id").asText();
        caller.text(
                frame(
                        "{'type':'session_created','session_id':'"
                                + id
                                + "','session':{'id':'"
                                + id
                                + "','status':'idle'}}"));
        assertThat(created.get(5, TimeUnit.SECONDS).id()).isEqualTo(id);
        SessionLink link = remote().open(id, 0, ears);
        say(link, "hello");
        assertThat(caller.hear().path("prompt").asText()).isEqualTo("hello");
        caller.text(
                frame(
                        "{'type':'permission_request','session_id':'"
                                + id
                                + "','request_id':'r','tool':'Bash','parameters':{'command':'ls'}}"));
        await().until(() -> activity(link) == Activity.ASKING);
        link.answer(
                Message.of(
                        Tongues.json(
                                "{'type':'control_response','response':{'subtype':'success','request_id':'r',"
                                    + "'response':{'behavior':'allow'}}}")));
        JsonNode answer = caller.hear();
        while (answer.path("type").asText().equals("list_sessions")) {
            answer = caller.hear();
        }
        assertThat(answer.path("approved").asBoolean()).isTrue();
        caller.text(
                        frame(
                                "{'type':'agent_message','content':'Hi','complete':false,'message_id':'a','session_id':'"
                                        + id
                                        + "'}"))
                .text(
                        frame(
                                "{'type':'agent_message','content':'Hi','complete':true,'message_id':'a','session_id':'"
                                        + id
                                        + "'}"))
                .text(
                        frame(
                                "{'type':'sessions_list','sessions':[{'id':'"
                                        + id
                                        + "','status':'idle'},{'id':'old','status':'idle'}]}"));
        await().until(() -> ears.said().contains("result"));
        assertThat(ears.said()).containsExactly("prompt hello", "ask Bash", "text Hi", "result");

        assertThat(link.control(Json.object().put("subtype", "interrupt")))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("cannot stop");
        var deleted = remote().delete(id);
        JsonNode end = caller.hear();
        while (end.path("type").asText().equals("list_sessions")) {
            end = caller.hear();
        }
        assertThat(end.path("type").asText()).isEqualTo("end_session");
        caller.text(frame("{'type':'session_ended','session_id':'" + id + "'}"));
        deleted.get(5, TimeUnit.SECONDS);
        assertThat(feed.known).containsOnlyKeys("old");
    }

    @Test
    void aManagerThatIsFullSaysSo() throws Exception {
        Caller caller = connect(Kind.MANAGER, "");
        greet(Kind.MANAGER, caller);
        await().until(feed::live);
        var created = remote().create(USUAL);
        caller.hear();
        caller.text(
                frame(
                        "{'type':'error','message':'Maximum concurrent sessions (10)"
                                + " reached','session_id':null}"));
        assertThat(created)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("Maximum concurrent sessions");
    }

    @Test
    void aManagerThatRefusesTheKeyIsNotTriedAgain() throws Exception {
        Caller caller = connect(Kind.MANAGER, "wrong");
        caller.upgrade();
        caller.hear();
        caller.text(frame("{'type':'error','message':'Invalid authentication token'}"))
                .close(1008, "Authentication required");
        await().until(() -> feed.states.getLast() instanceof Offline);
        assertThat(((Offline) feed.states.getLast()).reason()).isEqualTo(Reason.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "NATIVE", mode = EnumSource.Mode.EXCLUDE)
    void aConnectionThatIsLostInMidAnswerEndsTheTurnAloud(Kind kind) throws Exception {
        Caller caller = connect(kind, "");
        greet(kind, caller);
        await().until(feed::live);
        var created = remote().create(USUAL);
        if (kind == Kind.MANAGER) {
            String id = caller.hear().path("session_id").asText();
            caller.text(
                    frame(
                            "{'type':'session_created','session_id':'"
                                    + id
                                    + "','session':{'id':'"
                                    + id
                                    + "'}}"));
        }
        SessionLink link = remote().open(created.get(5, TimeUnit.SECONDS).id(), 0, ears);
        say(link, "hello");
        caller.hear();
        caller.drop();
        await().until(() ->
                ears.said().stream().anyMatch(s -> s.startsWith("failed The connection was lost")));
        assertThat(outbox.waiting(link.sessionId())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "NATIVE", mode = EnumSource.Mode.EXCLUDE)
    void aServerThatAcceptsAndClosesIsGivenUp(Kind kind) throws Exception {
        Caller caller = connect(kind, "");
        for (int i = 0; i <= kind.rules().attempts(); i++) {
            (i == 0 ? caller : peer.accept()).upgrade().close(1011);
        }
        await().until(() -> feed.states.getLast() instanceof Offline);
        assertThat(peer.waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ENHANCED", "RELAY", "ONESHOT"})
    void aPromptWaitsUntilThereIsAConnection(Kind kind) throws Exception {
        Caller caller = connect(kind, "");
        SessionLink link = begin();
        say(link, "early");
        greet(kind, caller);
        assertThat(caller.hear().toString()).contains("early");
    }
}
