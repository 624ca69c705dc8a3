package dev.oriel.client.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.ConnectionStatus.Live;
import dev.oriel.client.ConnectionStatus.Offline;
import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.ConnectionStatus.Reconnecting;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.peer.PeerConnection;
import dev.oriel.testing.peer.TestPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsClientSocketTest {
    private static final ReconnectPolicy QUICK =
            new ReconnectPolicy(
                    Duration.ofMillis(20),
                    Duration.ofMillis(20),
                    5,
                    3,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(5));

    @TempDir Path folder;

    private final TestPeer peer = new TestPeer();
    private final RecordingSessionListener listener = new RecordingSessionListener();
    private final List<String> tokens = new CopyOnWriteArrayList<>(List.of("first", "second"));
    private PromptOutbox outbox;
    private SessionsClient client;

    @BeforeEach
    void connectToThePeer() throws InvalidAddressException {
        outbox = new FileOutbox(new JsonFile(folder.resolve("outbox.json")), Runnable::run);
        client = client(QUICK);
    }

    private SessionsClient client(ReconnectPolicy rules) throws InvalidAddressException {
        return new SessionsClient(
                ServerAddress.parse(peer.url()),
                () -> tokens.size() > 1 ? tokens.removeFirst() : tokens.getFirst(),
                rules,
                outbox,
                Transport.systemDefault());
    }

    @AfterEach
    void hangUp() throws Exception {
        client.close();
        peer.close();
    }

    private static String journaled(long seq) {
        return "{\"seq\":" + seq + ",\"type\":\"assistant\",\"message\":{\"content\":[]}}";
    }

    @Test
    void resumesAfterTheLastSeqWithNothingLostOrDoubled() throws Exception {
        client.subscribe("s", 0, listener);
        PeerConnection first = peer.accept().upgrade();
        assertThat(first.path()).isEqualTo("/v1/sessions/ws/s/subscribe?after=0");
        first.send(journaled(1)).send(journaled(2)).send(journaled(3));
        await().until(() -> listener.messages.size() == 3);
        first.drop();

        PeerConnection second = peer.accept().upgrade();
        assertThat(second.path()).endsWith("after=3");
        second.send(journaled(3)).send(journaled(4)).send(journaled(4)).send(journaled(5));
        await().until(() -> listener.seqs().contains(5L));
        assertThat(listener.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    private static String session(String journal, long lastSeq) {
        return ("{\"type\":\"system\",\"subtype\":\"oriel_session\",\"journal\":\"%s\","
                        + "\"session\":{\"id\":\"s\",\"last_seq\":%d}}")
                .formatted(journal, lastSeq);
    }

    @Test
    void startsOverWhenTheServerReportsAnotherJournal() throws Exception {
        client.subscribe("s", 0, listener);
        PeerConnection first = peer.accept().upgrade();
        first.send(journaled(1)).send(journaled(2)).send(session("one", 2));
        await().until(() -> listener.messages.size() == 3);
        first.drop();
        PeerConnection second = peer.accept().upgrade();
        assertThat(second.path()).endsWith("after=2&journal=one");
        second.close(4009, "another journal");
        PeerConnection third = peer.accept().upgrade();
        assertThat(third.path()).endsWith("after=0");
        third.send(journaled(1)).send(session("two", 1));
        await().until(() -> listener.messages.size() == 2);
        assertThat(listener.seqs()).containsExactly(1L);
        assertThat(listener.replacements).hasValue(1);
    }

    @Test
    void startsOverWhenTheJournalIsShorterThanWhatItHas() throws Exception {
        client.subscribe("s", 500, listener);
        peer.accept().upgrade().send(session("one", 3));
        PeerConnection again = peer.accept().upgrade();
        assertThat(again.path()).endsWith("after=0");
        again.send(journaled(1)).send(journaled(2)).send(journaled(3)).send(session("one", 3));
        await().until(() -> listener.seqs().contains(3L));
        assertThat(listener.replacements).hasValue(1);
    }

    @Test
    void subscribesAgainAfterAGap() throws Exception {
        client.subscribe("s", 0, listener);
        peer.accept().upgrade().send(journaled(1)).send(journaled(3));
        PeerConnection again = peer.accept();
        assertThat(again.path()).endsWith("after=1");
        again.upgrade().send(journaled(2)).send(journaled(3));
        await().until(() -> listener.seqs().contains(3L));
        assertThat(listener.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void sendsTheTokenInAHeaderAndReadsItForEachAttempt() throws Exception {
        client.subscribe("s", 0, listener);
        PeerConnection first = peer.accept();
        assertThat(first.header("authorization")).isEqualTo("Bearer first");
        assertThat(first.path()).doesNotContain("first");
        first.upgrade().drop();
        assertThat(peer.accept().header("authorization")).isEqualTo("Bearer second");
    }

    @Test
    void givesUpOnAServerThatAcceptsAndClosesAtOnce() throws Exception {
        client.subscribe("s", 0, listener);
        for (int i = 0; i < 6; i++) {
            peer.accept().upgrade().send(journaled(i + 1)).close(1011);
        }
        await().until(() -> listener.states.getLast() instanceof Offline);
        assertThat(((Offline) listener.states.getLast()).reason()).isEqualTo(Reason.LOST);
        assertThat(listener.states).filteredOn(s -> s instanceof Reconnecting).hasSize(5);
        assertThat(peer.pending()).isZero();
    }

    @Test
    void neverGivesUpWithoutALimitAndReportsWhyTheLastAttemptFailed() throws Exception {
        client.close();
        client = client(quick(ReconnectPolicy.SESSIONS.maxAttempts(), Duration.ofMillis(4)));
        client.subscribe("s", 0, listener);
        for (int i = 0; i < 12; i++) {
            peer.accept().upgrade().drop();
        }
        peer.accept().upgrade().send(journaled(1));
        await().until(() -> listener.seqs().contains(1L));
        assertThat(listener.states)
                .filteredOn(Reconnecting.class::isInstance)
                .map(Reconnecting.class::cast)
                .hasSize(12)
                .allMatch(r -> r.maxAttempts() == 0)
                .allMatch(r -> r.cause().equals("The connection was lost."));
    }

    @Test
    void connectsAtOnceWhenItIsCheckedDuringALongDelay() throws Exception {
        client.close();
        client = client(quick(ReconnectPolicy.UNLIMITED, Duration.ofHours(1)));
        client.subscribe("s", 0, listener);
        peer.accept().upgrade().drop();
        await().until(() -> listener.states.getLast() instanceof Reconnecting);
        client.checkConnections();
        peer.accept().upgrade().send(journaled(1));
        await().until(() -> listener.states.getLast() instanceof Live);
    }

    private static ReconnectPolicy quick(int attempts, Duration pause) {
        return new ReconnectPolicy(
                pause,
                pause,
                attempts,
                3,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5));
    }

    @Test
    void triesThreeTimesMoreWhenTheSessionIsNotFound() throws Exception {
        client.subscribe("s", 0, listener);
        for (int i = 0; i < 4; i++) {
            peer.accept().upgrade().close(4001);
        }
        await().until(() -> listener.states.getLast() instanceof Offline);
        assertThat(((Offline) listener.states.getLast()).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(listener.states).filteredOn(s -> s instanceof Reconnecting).hasSize(3);
    }

    @Test
    void doesNotReconnectWhenTheTokenIsRefused() throws Exception {
        client.subscribe("s", 0, listener);
        peer.accept().upgrade().close(4003);
        await().until(() -> listener.states.getLast() instanceof Offline);
        assertThat(((Offline) listener.states.getLast()).reason()).isEqualTo(Reason.REFUSED);
        assertThat(listener.states).noneMatch(s -> s instanceof Reconnecting);

        client.subscribe("t", 0, listener);
        peer.accept().refuse(401);
        await().until(() -> listener.states.getLast() instanceof Offline);
        assertThat(((Offline) listener.states.getLast()).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void reconnectsOnRequest() throws Exception {
        SessionSubscription link = client.subscribe("s", 7, listener);
        peer.accept().upgrade().close(4003);
        await().until(() -> listener.states.getLast() instanceof Offline);
        link.reconnect();
        PeerConnection again = peer.accept().upgrade().send(journaled(8));
        assertThat(again.path()).endsWith("after=7");
        await().until(() -> listener.states.getLast() instanceof Live);
    }

    @Test
    void keepsAPromptUntilTheServerConfirmsItAndSendsItAgain() throws Exception {
        Message prompt = UserMessages.prompt(UUID.randomUUID(), "hello");
        SessionSubscription link = client.subscribe("s", 0, listener);
        PeerConnection first = peer.accept().upgrade().send(journaled(1));
        await().until(() -> listener.seqs().contains(1L));
        outbox.add("s", prompt);
        link.sendPending();
        assertThat(first.receive().path("uuid").asText()).isEqualTo(prompt.uuid());
        first.drop();

        PeerConnection second = peer.accept().upgrade();
        JsonNode again = second.receive();
        assertThat(again.path("uuid").asText()).isEqualTo(prompt.uuid());
        assertThat(outbox.pending("s")).hasSize(1);
        second.send(
                "{\"type\":\"command_lifecycle\",\"command_uuid\":\""
                        + prompt.uuid()
                        + "\",\"state\":\"queued\"}");
        await().until(() -> outbox.pending("s").isEmpty());
    }

    @Test
    void keepsAPromptWhenTheProgramEnds() throws Exception {
        Message prompt = UserMessages.prompt(UUID.randomUUID(), "hello");
        outbox.add("s", prompt);
        PromptOutbox next =
                new FileOutbox(new JsonFile(folder.resolve("outbox.json")), Runnable::run);
        assertThat(next.pending("s")).extracting(Message::uuid).containsExactly(prompt.uuid());
        assertThat(next.sessions()).containsExactly("s");
    }

    @Test
    void completesRequestsByTheirIdAndReportsARefusal() throws Exception {
        SessionSubscription link = client.subscribe("s", 0, listener);
        PeerConnection caller = peer.accept().upgrade().send(journaled(1));
        await().until(() -> listener.states.getLast() instanceof Live);
        var answer = link.sendControl(Json.object().put("subtype", "interrupt"));
        String id = caller.receive().path("request_id").asText();
        caller.send(
                "{\"type\":\"control_response\",\"response\":{\"subtype\":\"error\",\"request_id\":\""
                        + id
                        + "\",\"error\":\"Nothing runs.\"}}");
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("Nothing runs.");
        assertThat(listener.messages).noneMatch(m -> m.is("control_response"));
    }

    @Test
    void dropsAFrameThatIsNoMessage() throws Exception {
        client.subscribe("s", 0, listener);
        peer.accept().upgrade().send("nonsense").send("[1]").send(journaled(1));
        await().until(() -> listener.seqs().contains(1L));
        assertThat(listener.states).noneMatch(s -> s instanceof Reconnecting);
    }
}
