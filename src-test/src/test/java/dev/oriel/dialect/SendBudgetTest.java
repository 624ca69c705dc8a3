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

/// What waits for all clients together has a bound, whoever of them does not read.
class SendBudgetTest {
    private static final long MB = 1024 * 1024;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SendBudget budget = new SendBudget(10 * MB, timer);
    private final List<Deaf> deaf = new ArrayList<>();

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private Peer shared() {
        deaf.add(new Deaf());
        return budget.share(deaf.getLast());
    }

    @Test
    void nobodyIsGivenMoreOnceAllIsUsedUntilSomeOfItIsSent() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            peers.add(shared());
            deaf.getLast().queued = MB - 1;
        }
        Peer last = shared();
        Awaitility.await().until(() -> last.queueLimit() == 0);
        var given = new AtomicBoolean();
        last.whenBelow(MB, () -> given.set(true));
        assertThat(given).isFalse();
        deaf.get(0).queued = 0;
        deaf.get(1).queued = 0;
        Awaitility.await().untilTrue(given);
        assertThat(last.queueLimit()).isEqualTo(MB);
        assertThat(peers).hasSize(11);
    }

    @Test
    void answersToRequestsCountFromBeforeTheyAreMadeUntilTheyHaveBeenRead() throws Exception {
        List<SendBudget.Reservation> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(Objects.requireNonNull(budget.reserve(Duration.ZERO)));
        }
        assertThat(budget.reserve(Duration.ZERO)).isNull();
        answers.get(0).resize(3);
        answers.get(1).resize(2 * MB);
        assertThat(budget.reserve(Duration.ZERO)).isNull();
        Peer peer = shared();
        Awaitility.await().until(() -> peer.queueLimit() == 0);
        answers.get(1).close();
        answers.get(1).close();
        Awaitility.await().until(() -> peer.queueLimit() == MB);
        assertThat(budget.reserve(Duration.ZERO)).isNotNull();
        budget.reserveNothing().resize(MB);
        assertThat(budget.reserve(Duration.ZERO)).isNull();
    }

    @Test
    void anAnswerWaitsForRoom() throws Exception {
        SendBudget.Reservation all = budget.reserveNothing();
        all.resize(10 * MB);
        var got = new CompletableFuture<SendBudget.Reservation>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        got.complete(budget.reserve(Duration.ofMinutes(1)));
                    } catch (InterruptedException e) {
                        got.completeExceptionally(e);
                    }
                });
        assertThat(got).isNotDone();
        all.close();
        assertThat(got).succeedsWithin(Duration.ofSeconds(20)).isNotNull();
    }

    @Test
    void theReaderOfAnAnswerThatGoesOnSharesIt() throws Exception {
        var opened = new AtomicReference<Peer>();
        Dialect streams =
                new Streaming(peer -> {
                    opened.set(peer);
                    return () -> {};
                });
        var call = new HttpCall("GET", "/", Map.of(), Map.of(), new byte[0], true);
        HttpReply reply = Objects.requireNonNull(new BudgetedDialect(streams, budget).reply(call));
        var reader = new Deaf();
        Objects.requireNonNull(reply.bodyStream()).open(reader);
        reader.queued = 11 * MB;
        Awaitility.await().until(() -> opened.get().queueLimit() == 0);
    }

    @Test
    void whereAClientIsDoesNotGetLost() {
        assertThat(shared().address()).isEqualTo("192.0.2.7");
    }

    /// Answers every request with a body that goes on.
    private record Streaming(HttpReply.BodyStream opening) implements Dialect {
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
            throw new IllegalStateException("not spoken to");
        }

        @Override
        public HttpReply reply(HttpCall call) {
            return HttpReply.stream("text/event-stream", opening);
        }
    }

    private static final class Deaf implements Peer {
        private volatile long queued;

        @Override
        public void send(TextFrames frames) {
            // Not looked at.
        }

        @Override
        public long queuedBytes() {
            return queued;
        }

        @Override
        public boolean awaitBelow(long bytes, Duration patience) {
            return queued < bytes;
        }

        @Override
        public void whenBelow(long bytes, Runnable then) {
            if (queued < bytes) {
                then.run();
            }
        }

        @Override
        public void close(int code, String reason) {
            // Not looked at.
        }

        @Override
        public String address() {
            return "192.0.2.7";
        }

        @Override
        public void describe(String what) {
            // Not looked at.
        }
    }
}
