package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionStatus.Connecting;
import dev.oriel.client.ConnectionStatus.Live;
import dev.oriel.client.ConnectionStatus.Offline;
import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.ConnectionStatus.Reconnecting;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.TokenSource;
import dev.oriel.message.CloseCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A [ReconnectingWebSocket], without a network, a thread or a clock. Its name does not end with
/// `SocketTest`, because the fast tests leave those out.
class ReconnectionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final DisconnectReason LOST = new DisconnectReason.Lost("lost");

    private final FakeNetwork network = new FakeNetwork();
    private final List<ConnectionStatus> statuses = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private final List<ReconnectingWebSocket> closed = new ArrayList<>();
    private TokenSource token = () -> "secret";
    private @Nullable CompletionStage<?> processed;
    private @Nullable DisconnectReason meaning;

    private ReconnectingWebSocket connect(ReconnectPolicy policy) {
        ReconnectingWebSocket[] socket = new ReconnectingWebSocket[1];
        socket[0] =
                new ReconnectingWebSocket(
                        network.context(() -> token.token(), policy),
                        new ReconnectingWebSocket.Handler() {
                            @Override
                            public URI address(String credential) {
                                return URI.create("ws://host/path");
                            }

                            @Override
                            public void onOpen(String credential) {
                                frames.add("opened with " + credential);
                            }

                            @Override
                            public @Nullable CompletionStage<?> onFrame(String text) {
                                frames.add(text);
                                if (!text.equals("greeting")) {
                                    socket[0].markLive();
                                }
                                return processed;
                            }

                            @Override
                            public DisconnectReason onDisconnect(
                                    DisconnectReason usual, int code, String reason) {
                                return meaning == null ? usual : meaning;
                            }

                            @Override
                            public void onStatus(ConnectionStatus status) {
                                statuses.add(status);
                            }
                        },
                        closed::add);
        socket[0].start();
        network.lane.runAll();
        return socket[0];
    }

    private FakeWebSocket live() {
        FakeWebSocket socket = network.accept();
        network.receive(socket, "hello");
        assertThat(statuses.getLast()).isEqualTo(new Live());
        return socket;
    }

    private Instant now() {
        return network.lane.clock().instant();
    }

    @Test
    void isLiveOnceAFrameProvesThatTheServerAcceptsIt() {
        connect(ReconnectPolicy.STANDARD);
        FakeNetwork.Attempt attempt = network.nextAttempt();
        assertThat(attempt.address()).hasToString("ws://host/path");
        assertThat(attempt.credential()).isEqualTo("secret");

        FakeWebSocket socket = attempt.complete();
        network.lane.runAll();
        network.receive(socket, "greeting");
        assertThat(statuses).containsExactly(new Connecting());
        network.receive(socket, "hello", "more");
        assertThat(statuses).containsExactly(new Connecting(), new Live());
        assertThat(frames).containsExactly("opened with secret", "greeting", "hello", "more");
    }

    @Test
    void startingItAgainHasNoEffect() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        live();
        socket.start();
        assertThat(network.isQuiet()).isTrue();
    }

    @Test
    void connectsAgainAfterTheDelayOfItsPolicy() {
        connect(ReconnectPolicy.STANDARD);
        network.close(live(), CloseCode.GOING_AWAY);
        assertThat(statuses.getLast())
                .isEqualTo(new Reconnecting(1, 5, now().plusSeconds(2), "The server went down."));

        network.lane.advance(SECOND);
        assertThat(network.isQuiet()).isTrue();
        network.lane.advance(SECOND);
        live();
        assertThat(statuses.getLast()).isEqualTo(new Live());
    }

    @Test
    void givesUpWhenItsAttemptsAreSpent() {
        connect(ReconnectPolicy.STANDARD);
        for (int i = 0; i < 5; i++) {
            network.nextAttempt().fail(new ConnectException());
            network.lane.runAll();
            network.lane.advance(SECOND.multipliedBy(2));
        }
        network.nextAttempt().fail(new ConnectException());
        network.lane.runAll();
        assertThat(statuses.getLast())
                .isEqualTo(new Offline("No server answers at this address.", Reason.LOST));
        assertThat(network.lane.timers()).isZero();
    }

    @Test
    void aConnectionThatLastsRestoresTheAttempts() {
        connect(ReconnectPolicy.STANDARD.withMaxAttempts(1));
        for (int i = 0; i < 4; i++) {
            FakeWebSocket socket = live();
            network.lane.advance(ReconnectPolicy.STANDARD.resetAfter());
            network.close(socket, CloseCode.GOING_AWAY);
            assertThat(statuses.getLast()).isInstanceOf(Reconnecting.class);
            network.lane.advance(SECOND.multipliedBy(2));
        }
    }

    @Test
    void aConnectionThatEndsTooSoonSpendsAnAttempt() {
        connect(ReconnectPolicy.STANDARD.withMaxAttempts(1));
        network.close(live(), CloseCode.GOING_AWAY);
        network.lane.advance(SECOND.multipliedBy(2));
        FakeWebSocket socket = live();
        network.lane.advance(ReconnectPolicy.STANDARD.resetAfter().minus(SECOND));
        network.close(socket, CloseCode.GOING_AWAY);
        assertThat(statuses.getLast()).isEqualTo(new Offline("The server went down.", Reason.LOST));
    }

    @Test
    void theTimeOfALostConnectionDoesNotCountForTheNextOne() {
        connect(ReconnectPolicy.STANDARD.withMaxAttempts(1));
        network.close(live(), CloseCode.GOING_AWAY);
        network.lane.advance(Duration.ofMinutes(1));
        network.nextAttempt().fail(new ConnectException());
        network.lane.runAll();
        assertThat(statuses.getLast()).isInstanceOf(Offline.class);
    }

    @Test
    void aRequestToReconnectEndsTheDelayAndRestoresTheAttempts() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD.withMaxAttempts(1));
        network.close(live(), CloseCode.GOING_AWAY);
        socket.reconnect();
        network.close(live(), CloseCode.GOING_AWAY);
        assertThat(statuses.getLast()).isInstanceOf(Reconnecting.class);
    }

    @Test
    void aRequestToReconnectReplacesTheConnection() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        FakeWebSocket first = live();
        socket.reconnect();
        FakeWebSocket second = live();
        assertThat(first.sent).containsExactly("close 1000");
        network.receive(first, "late");
        network.close(first, CloseCode.GOING_AWAY);
        assertThat(frames).doesNotContain("late");
        assertThat(statuses.getLast()).isEqualTo(new Live());
        assertThat(second.sent).isEmpty();
    }

    @Test
    void replacingTheConnectionReportsNoStatus() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        FakeWebSocket first = live();
        int before = statuses.size();
        network.lane.execute(socket::replaceConnection);
        FakeWebSocket second = network.accept();
        assertThat(first.sent).containsExactly("close 1000");
        assertThat(statuses).hasSize(before);
        network.receive(second, "hello");
        assertThat(statuses).hasSize(before + 1);
    }

    @Test
    void aConnectionThatIsMarkedLostSpendsAnAttempt() {
        ReconnectingWebSocket connection = connect(ReconnectPolicy.STANDARD.withMaxAttempts(2));
        FakeWebSocket socket = live();
        connection.markLost("Garbled.");
        assertThat(statuses.getLast())
                .isEqualTo(new Reconnecting(1, 2, now().plusSeconds(2), "Garbled."));
        assertThat(socket.isAborted()).isTrue();
        connection.markLost("Garbled again.");
        assertThat(statuses.getLast()).as("no connection").isInstanceOf(Reconnecting.class);
        network.receive(socket, "late");
        assertThat(frames).doesNotContain("late");
        network.lane.advance(SECOND.multipliedBy(2));
        assertThat(network.isQuiet()).isFalse();
    }

    @Test
    void aRefusalIsFinal() {
        connect(ReconnectPolicy.STANDARD);
        network.close(network.accept(), CloseCode.NOT_AUTHORIZED);
        assertThat(statuses.getLast())
                .isEqualTo(new Offline("The server refused the token.", Reason.REFUSED));
        network.lane.advance(Duration.ofHours(1));
        assertThat(network.isQuiet()).isTrue();
    }

    @Test
    void theHandlerDecidesAboutTheMeaningOfAnEnd() {
        meaning = new DisconnectReason.Finished();
        connect(ReconnectPolicy.STANDARD);
        network.close(live(), CloseCode.INTERNAL_ERROR);
        assertThat(statuses.getLast()).isEqualTo(new Live());
        meaning = LOST;
        network.close(network.accept(), CloseCode.NORMAL);
        assertThat(statuses.getLast()).isInstanceOf(Reconnecting.class);
    }

    @Test
    void aCheckEndsAnUnlimitedDelayButSpendsNoLimitedAttempt() {
        ReconnectingWebSocket unlimited = connect(ReconnectPolicy.SESSIONS);
        network.close(live(), CloseCode.GOING_AWAY);
        unlimited.check();
        live();

        ReconnectingWebSocket limited = connect(ReconnectPolicy.STANDARD);
        network.close(live(), CloseCode.GOING_AWAY);
        limited.check();
        assertThat(network.isQuiet()).isTrue();
    }

    @Test
    void aConnectionMustAnswerTheNextPing() {
        connect(ReconnectPolicy.STANDARD);
        FakeWebSocket socket = live();
        Duration interval = ReconnectPolicy.STANDARD.pingInterval();
        network.lane.advance(interval);
        socket.receivePong();
        network.lane.advance(interval);
        assertThat(socket.pings()).isEqualTo(2);
        assertThat(statuses.getLast()).isEqualTo(new Live());

        network.lane.advance(interval);
        assertThat(statuses.getLast())
                .isInstanceOfSatisfying(
                        Reconnecting.class,
                        r -> assertThat(r.cause()).isEqualTo("The server stopped answering."));
        assertThat(socket.isAborted()).isTrue();
    }

    @Test
    void aCheckedConnectionMustAnswerWithinFiveSeconds() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        FakeWebSocket good = live();
        socket.check();
        network.lane.runAll();
        good.receivePong();
        network.lane.advance(Duration.ofSeconds(5));
        assertThat(statuses.getLast()).isEqualTo(new Live());

        socket.check();
        network.lane.advance(Duration.ofSeconds(4));
        assertThat(statuses.getLast()).isEqualTo(new Live());
        network.lane.advance(SECOND);
        assertThat(statuses.getLast()).isInstanceOf(Reconnecting.class);
    }

    @Test
    void aNewNetworkEndsAnUnlimitedDelay() {
        connect(ReconnectPolicy.SESSIONS);
        for (int i = 0; i < 6; i++) {
            network.nextAttempt().fail(new ConnectException());
            network.lane.runAll();
            network.lane.advance(i < 5 ? Duration.ofMinutes(1) : Duration.ZERO);
        }
        network.interfaces = Set.of("192.0.2.7", "198.51.100.4");
        network.lane.advance(Duration.ofSeconds(2));
        live();
        assertThat(network.isQuiet()).isTrue();
    }

    @Test
    void theNextFrameIsRequestedWhenOneIsProcessed() {
        connect(ReconnectPolicy.STANDARD);
        FakeWebSocket socket = network.accept();
        assertThat(socket.requested()).isEqualTo(64);
        network.receive(socket, "a");
        assertThat(socket.requested()).isEqualTo(64);

        CompletableFuture<Void> later = new CompletableFuture<>();
        processed = later;
        network.receive(socket, "b");
        assertThat(socket.requested()).isEqualTo(63);
        later.complete(null);
        assertThat(socket.requested()).isEqualTo(64);
    }

    @Test
    void theFragmentsOfAFrameAreJoined() {
        connect(ReconnectPolicy.STANDARD);
        FakeWebSocket socket = network.accept();
        socket.receive("a ", "whole ", "frame");
        network.lane.runAll();
        assertThat(frames).endsWith("a whole frame");
        assertThat(socket.requested()).isEqualTo(64);
    }

    @Test
    void framesAreWrittenOneAfterTheOther() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        FakeWebSocket open = live();
        CompletableFuture<WebSocket> written = open.blockWriting();
        socket.send("one");
        socket.send("two");
        network.lane.runAll();
        assertThat(open.sent).containsExactly("one");
        written.complete(open);
        assertThat(open.sent).containsExactly("one", "two");
    }

    @Test
    void aFrameWithoutAConnectionIsDropped() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        socket.send("too early");
        FakeWebSocket open = live();
        socket.send("in time");
        network.lane.runAll();
        assertThat(open.sent).containsExactly("in time");
    }

    @Test
    void aClosedConnectionStaysClosed() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        FakeWebSocket open = live();
        socket.close();
        socket.close();
        socket.reconnect();
        network.lane.execute(socket::replaceConnection);
        socket.send("late");
        assertThat(network.isQuiet()).isTrue();
        assertThat(open.sent).containsExactly("close 1000");
        assertThat(statuses).endsWith(new Live(), new Offline("Closed.", Reason.CLOSED));
        assertThat(closed).containsExactly(socket);
        assertThat(network.lane.timers()).isZero();
    }

    @Test
    void aSocketThatOpensAfterItWasGivenUpIsClosed() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        FakeNetwork.Attempt attempt = network.nextAttempt();
        socket.close();
        network.lane.runAll();
        FakeWebSocket late = attempt.complete();
        network.lane.runAll();
        assertThat(late.sent).containsExactly("close 1000");
        assertThat(frames).isEmpty();
    }

    @Test
    void aTokenThatCannotBeReadIsReadAgainForTheNextAttempt() {
        token =
                () -> {
                    throw new IOException("gone");
                };
        connect(ReconnectPolicy.STANDARD);
        assertThat(network.isQuiet()).isTrue();
        assertThat(statuses.getLast())
                .isInstanceOfSatisfying(
                        Reconnecting.class,
                        r -> assertThat(r.cause()).isEqualTo("The server's token cannot be read."));
        token = () -> "another";
        network.lane.advance(SECOND.multipliedBy(2));
        assertThat(network.nextAttempt().credential()).isEqualTo("another");
    }

    @Test
    void aFailureOfTheSocketIsALostConnection() {
        connect(ReconnectPolicy.STANDARD);
        live().fail(new IOException("reset"));
        network.lane.runAll();
        assertThat(statuses.getLast())
                .isInstanceOfSatisfying(
                        Reconnecting.class,
                        r -> assertThat(r.cause()).isEqualTo("The connection was lost."));
    }

    @Test
    void theLogHasEveryFrameAndMasksTheCredential() {
        ReconnectingWebSocket socket = connect(ReconnectPolicy.STANDARD);
        FakeWebSocket open = live();
        socket.send("the secret is out");
        network.lane.runAll();
        network.close(open, CloseCode.GOING_AWAY);
        assertThat(network.log.entries())
                .extracting(e -> e.type() + " " + e.channel() + " " + e.text())
                .containsExactly(
                        "NOTE /path open",
                        "RECEIVED /path hello",
                        "SENT /path the ••• is out",
                        "NOTE /path closed with 1001");
    }
}
