package dev.oriel.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The memory of unsent data of all clients is limited, even if many of them do not read.
class SendBudgetTest {
    private static final long MB = 1024 * 1024;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SendBudget budget = new SendBudget(10 * MB, timer);
    private final List<UnreadPeer> unread = new ArrayList<>();

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private Peer shared() {
        unread.add(new UnreadPeer());
        return budget.share(unread.getLast());
    }

    @Test
    void noPeerHasRoomWhileTheBudgetIsUsedUp() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            peers.add(shared());
            unread.getLast().queued = MB - 1;
        }
        Peer last = shared();
        Awaitility.await().until(() -> last.queueLimit() == 0);
        var sent = new AtomicBoolean();
        last.whenBelow(MB, () -> sent.set(true));
        assertThat(sent).isFalse();
        unread.get(0).queued = 0;
        unread.get(1).queued = 0;
        Awaitility.await().untilTrue(sent);
        assertThat(last.queueLimit()).isEqualTo(MB);
        assertThat(peers).hasSize(11);
    }

    @Test
    void repliesAreCountedFromReservationUntilClose() throws Exception {
        List<SendBudget.Reservation> replies = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            replies.add(Objects.requireNonNull(budget.reserve(Duration.ZERO)));
        }
        assertThat(budget.reserve(Duration.ZERO)).isNull();
        replies.get(0).resize(3);
        replies.get(1).resize(2 * MB);
        assertThat(budget.reserve(Duration.ZERO)).isNull();
        Peer peer = shared();
        Awaitility.await().until(() -> peer.queueLimit() == 0);
        replies.get(1).close();
        replies.get(1).close();
        Awaitility.await().until(() -> peer.queueLimit() == MB);
        assertThat(budget.reserve(Duration.ZERO)).isNotNull();
        budget.reserveNothing().resize(MB);
        assertThat(budget.reserve(Duration.ZERO)).isNull();
    }

    @Test
    void reserveWaitsUntilMemoryIsAvailable() throws Exception {
        SendBudget.Reservation all = budget.reserveNothing();
        all.resize(10 * MB);
        var result = new CompletableFuture<SendBudget.Reservation>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(budget.reserve(Duration.ofMinutes(1)));
                    } catch (InterruptedException e) {
                        result.completeExceptionally(e);
                    }
                });
        assertThat(result).isNotDone();
        all.close();
        assertThat(result).succeedsWithin(Duration.ofSeconds(20)).isNotNull();
    }

    @Test
    void streamingBodiesShareTheBudget() throws Exception {
        var opened = new AtomicReference<Peer>();
        Dialect streams =
                new StreamingDialect(peer -> {
                    opened.set(peer);
                    return () -> {};
                });
        var call = new HttpCall("GET", "/", Map.of(), Map.of(), new byte[0], true);
        HttpReply reply = Objects.requireNonNull(new BudgetedDialect(streams, budget).reply(call));
        var reader = new UnreadPeer();
        Objects.requireNonNull(reply.bodyStream()).open(reader);
        reader.queued = 11 * MB;
        Awaitility.await().until(() -> opened.get().queueLimit() == 0);
    }

    @Test
    void sharedPeersKeepTheirAddress() {
        assertThat(shared().address()).isEqualTo("192.0.2.7");
    }

    /// Replies to every request with a streaming body.
    private record StreamingDialect(HttpReply.BodyStream bodyStream) implements Dialect {
        @Override
        public String name() {
            return "streaming";
        }

        @Override
        public boolean handles(String path) {
            return false;
        }

        @Override
        public DialectConnection connect(UpgradeRequest upgrade, Peer peer) {
            throw new IllegalStateException("no WebSocket expected");
        }

        @Override
        public HttpReply reply(HttpCall call) {
            return HttpReply.stream("text/event-stream", bodyStream);
        }
    }

    private static final class UnreadPeer implements Peer {
        private volatile long queued;

        @Override
        public void send(TextFrames frames) {
            // Ignored.
        }

        @Override
        public long queuedBytes() {
            return queued;
        }

        @Override
        public boolean awaitBelow(long bytes, Duration timeout) {
            return queued < bytes;
        }

        @Override
        public void whenBelow(long bytes, Runnable task) {
            if (queued < bytes) {
                task.run();
            }
        }

        @Override
        public void close(int code, String reason) {
            // Ignored.
        }

        @Override
        public String address() {
            return "192.0.2.7";
        }

        @Override
        public void describe(String description) {
            // Ignored.
        }
    }
}
