package dev.oriel.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
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
        Awaitility.await().until(() -> last.mayWait() == 0);
        var given = new AtomicBoolean();
        last.whenBelow(MB, () -> given.set(true));
        assertThat(given).isFalse();
        deaf.get(0).queued = 0;
        deaf.get(1).queued = 0;
        Awaitility.await().untilTrue(given);
        assertThat(last.mayWait()).isEqualTo(MB);
        assertThat(peers).hasSize(11);
    }

    private static final class Deaf implements Peer {
        private volatile long queued;

        @Override
        public void send(TextFrames frames) {
            // Not looked at.
        }

        @Override
        public long queued() {
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
            return "203.0.113.7";
        }

        @Override
        public void describe(String what) {
            // Not looked at.
        }
    }
}
