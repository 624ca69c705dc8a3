package dev.oriel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The memory for messages that arrive.
@Timeout(30)
class ReceiveBudgetTest {
    private static final int LARGE = 2 * 1024 * 1024;

    private final ReceiveBudget budget = new ReceiveBudget(100);

    @Test
    void noMoreThanTheMaximumIsReserved() {
        assertThat(budget.tryReserve(60)).isTrue();
        assertThat(budget.tryReserve(41)).isFalse();
        assertThat(budget.tryReserve(40)).isTrue();
        budget.release(60);
        assertThat(budget.tryReserve(60)).isTrue();
    }

    @Test
    void aSmallMessageIsHandledDuringALargeOne() throws Exception {
        var started = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        Runnable large =
                () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    started.countDown();
                    awaitLatch(done);
                    running.decrementAndGet();
                };
        Thread one = Thread.ofVirtual().start(() -> budget.handle(LARGE, large));
        Thread other = Thread.ofVirtual().start(() -> budget.handle(LARGE, large));
        awaitLatch(started);
        var small = new AtomicInteger();
        budget.handle(10, small::incrementAndGet);
        assertThat(small).hasValue(1);
        done.countDown();
        one.join();
        other.join();
        assertThat(most).as("large ones at the same time").hasValue(1);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
