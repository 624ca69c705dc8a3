package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.FrameLog;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.TokenSource;
import dev.oriel.message.CloseCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One WebSocket: its events, its end, and that nothing follows the end.
class ConnectionAttemptTest {
    private final FakeNetwork network = new FakeNetwork();
    private final List<String> events = new ArrayList<>();
    private @Nullable CompletionStage<?> processed;

    private ConnectionAttempt connect(TokenSource token) {
        return connect(network.context(token, ReconnectPolicy.STANDARD));
    }

    private ConnectionAttempt connect(LinkContext context) {
        var attempt =
                new ConnectionAttempt(
                        context,
                        new ConnectionAttempt.Events() {
                            @Override
                            public void onOpen(String credential) {
                                events.add("open " + credential);
                            }

                            @Override
                            public @Nullable CompletionStage<?> onFrame(String text) {
                                events.add(text);
                                return processed;
                            }

                            @Override
                            public void onEnd(DisconnectReason usual, int code, String reason) {
                                events.add("end " + code + " " + usual.description());
                            }
                        });
        attempt.connect(credential -> URI.create("ws://host/path?key=" + credential));
        return attempt;
    }

    private List<String> notes() {
        return network.log.entries().stream()
                .filter(e -> e.type() == FrameLog.Type.NOTE)
                .map(FrameLog.Entry::text)
                .toList();
    }

    @Test
    void framesArriveBetweenTheStartAndTheEnd() {
        connect(() -> "secret");
        FakeNetwork.Attempt attempt = network.nextAttempt();
        assertThat(attempt.address()).hasToString("ws://host/path?key=secret");
        FakeWebSocket socket = attempt.complete();
        network.lane.runAll();
        network.receive(socket, "one");
        socket.receive("t", "w", "o");
        network.close(socket, CloseCode.GOING_AWAY);
        assertThat(events)
                .containsExactly("open secret", "one", "two", "end 1001 The server went down.");
        assertThat(notes()).containsExactly("open", "closed with 1001");
    }

    @Test
    void nothingFollowsTheEnd() {
        ConnectionAttempt attempt = connect(() -> "");
        FakeWebSocket socket = network.accept();
        network.close(socket, CloseCode.TOO_SLOW);
        assertThat(socket.sent).containsExactly("close 1000");
        assertThat(socket.isAborted()).isTrue();
        events.clear();
        network.receive(socket, "late");
        network.close(socket, CloseCode.GOING_AWAY);
        socket.fail(new IOException());
        attempt.check();
        network.lane.advance(Duration.ofMinutes(5));
        assertThat(events).isEmpty();
        assertThat(network.lane.timers()).as("the heartbeat has stopped").isZero();
        assertThat(notes()).hasSize(2);
    }

    /// The lane runs what was queued before the client was closed.
    @Test
    void anAttemptAfterTheClientWasClosedDoesNothing() {
        LinkContext open = network.context(() -> "", ReconnectPolicy.STANDARD);
        var closed =
                new LinkContext(
                        open.sockets(),
                        open.token(),
                        _ -> {
                            throw new RejectedExecutionException();
                        },
                        open.policy(),
                        open.lane(),
                        open.clock(),
                        open.log(),
                        open.connectivity());
        connect(closed).check();
        assertThat(network.isQuiet()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void nothingFollowsADrop() {
        ConnectionAttempt attempt = connect(() -> "");
        FakeWebSocket socket = network.accept();
        attempt.drop();
        network.receive(socket, "late");
        network.close(socket, CloseCode.GOING_AWAY);
        assertThat(events).containsExactly("open ");
        assertThat(socket.sent).containsExactly("close 1000");
        assertThat(network.lane.timers()).isZero();
    }

    @Test
    void aSocketThatOpensAfterTheDropIsClosed() {
        ConnectionAttempt attempt = connect(() -> "");
        FakeNetwork.Attempt opening = network.nextAttempt();
        attempt.drop();
        FakeWebSocket socket = opening.complete();
        network.lane.runAll();
        assertThat(events).isEmpty();
        assertThat(socket.sent).containsExactly("close 1000");
        assertThat(socket.requested()).as("no frame is read").isZero();
    }

    @Test
    void noSocketIsOpenedAfterTheDrop() {
        ConnectionAttempt attempt = connect(() -> "");
        attempt.drop();
        assertThat(network.isQuiet()).isTrue();
    }

    @Test
    void aTokenThatCannotBeReadEndsTheAttempt() {
        connect(() -> {
            throw new IOException("no file");
        });
        network.lane.runAll();
        assertThat(events).containsExactly("end 1006 The server's token cannot be read.");
        assertThat(network.isQuiet()).isTrue();
    }

    @Test
    void aFailedAttemptIsNoted() {
        connect(() -> "");
        network.nextAttempt().fail(new ConnectException());
        network.lane.runAll();
        assertThat(events).containsExactly("end 1006 No server answers at this address.");
        assertThat(notes()).containsExactly("No server answers at this address.");
    }

    @Test
    void theReasonOfACloseFrameIsNoted() {
        connect(() -> "");
        FakeWebSocket socket = network.accept();
        socket.receiveClose(1008, "too many");
        network.lane.runAll();
        assertThat(notes()).last().isEqualTo("closed with 1008: too many");
    }

    @Test
    void aPingThatIsAnsweredKeepsTheConnection() {
        connect(() -> "");
        FakeWebSocket socket = network.accept();
        long window = socket.requested();
        for (int i = 1; i <= 3; i++) {
            network.lane.advance(Duration.ofSeconds(30));
            assertThat(socket.pings()).isEqualTo(i);
            socket.receivePong();
            network.lane.runAll();
        }
        assertThat(socket.requested()).as("the window stays full").isEqualTo(window);
        assertThat(events).containsExactly("open ");
        network.lane.advance(Duration.ofSeconds(60));
        assertThat(events).last().isEqualTo("end 1006 The server stopped answering.");
    }

    @Test
    void theNextFrameIsRequestedOnceAFrameIsProcessed() {
        connect(() -> "");
        FakeWebSocket socket = network.accept();
        long window = socket.requested();
        network.receive(socket, "one");
        assertThat(socket.requested()).isEqualTo(window);
        var later = new CompletableFuture<Void>();
        processed = later;
        network.receive(socket, "two");
        assertThat(socket.requested()).isEqualTo(window - 1);
        later.complete(null);
        assertThat(socket.requested()).isEqualTo(window);
    }

    @Test
    void framesAreWrittenOneByOneAndOnlyWhileItIsOpen() {
        ConnectionAttempt attempt = connect(() -> "");
        attempt.send("too early");
        FakeWebSocket socket = network.accept();
        var written = socket.blockWriting();
        attempt.send("one");
        attempt.send("two");
        assertThat(socket.sent).containsExactly("one");
        written.complete(socket);
        assertThat(socket.sent).containsExactly("one", "two");
        assertThat(network.log.entries())
                .filteredOn(e -> e.type() == FrameLog.Type.SENT)
                .extracting(FrameLog.Entry::text)
                .containsExactly("one", "two");
    }

    @Test
    void aFailureEndsAnOpenConnection() {
        connect(() -> "");
        network.accept().fail(new IOException("reset"));
        network.lane.runAll();
        assertThat(events).containsExactly("open ", "end 1006 The connection was lost.");
    }

    @Test
    void aCheckThatIsNotAnsweredEndsTheConnection() {
        ConnectionAttempt attempt = connect(() -> "");
        FakeWebSocket socket = network.accept();
        attempt.check();
        assertThat(socket.pings()).isEqualTo(1);
        network.lane.advance(Duration.ofSeconds(5));
        assertThat(events).last().isEqualTo("end 1006 The server stopped answering.");
    }

    @Test
    void thePartsOfAFrameAreRequestedOneByOne() {
        connect(() -> "");
        FakeWebSocket socket = network.accept();
        long window = socket.requested();
        socket.receive("t", "w", "o");
        assertThat(socket.requested()).as("only the whole frame counts").isEqualTo(window - 1);
        network.lane.runAll();
        assertThat(socket.requested()).isEqualTo(window);
    }

    @Test
    void theLogContainsFramesWithoutTheCredential() {
        connect(() -> "secret-token");
        network.receive(network.accept(), "for secret-token");
        assertThat(network.log.entries())
                .filteredOn(e -> e.type() == FrameLog.Type.RECEIVED)
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.channel()).isEqualTo("/path");
                    assertThat(e.text()).startsWith("for ").doesNotContain("secret-token");
                });
    }
}
