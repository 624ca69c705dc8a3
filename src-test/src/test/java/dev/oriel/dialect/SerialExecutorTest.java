package dev.oriel.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tasks run sequentially, and the weight of waiting tasks is limited.
@Timeout(30)
class SerialExecutorTest {
    private static final long HALF = 4 * 1024 * 1024;

    private final SerialExecutor executor = new SerialExecutor("test");
    private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    private void block() throws InterruptedException {
        var running = new CountDownLatch(1);
        executor.post(() -> {
            running.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.await();
    }

    @Test
    void runsTasksInOrder() {
        IntStream.range(0, 1_000).forEach(n -> executor.post(() -> done.add(n)));
        await().until(() -> done.size() == 1_000);
        assertThat(done).isSorted();
    }

    @Test
    void runsTheNextTaskAfterOneThatFails() {
        executor.post(() -> {
            throw new IllegalStateException("expected by the test");
        });
        executor.post(() -> done.add(1));
        await().until(() -> done.size() == 1);
    }

    @Test
    void rejectsOffersBeyondTheLimit() throws Exception {
        block();
        assertThat(executor.offer(HALF, () -> done.add(1))).isTrue();
        assertThat(executor.offer(HALF, () -> done.add(2))).isTrue();
        assertThat(executor.offer(1, () -> done.add(3))).isFalse();
        executor.post(() -> done.add(4));
        gate.countDown();
        await().until(() -> done.size() == 3);
        assertThat(done).containsExactly(1, 2, 4);
        assertThat(executor.offer(HALF, () -> done.add(5))).isTrue();
        await().until(() -> done.contains(5));
    }

    @Test
    void acceptsATaskOfAnyWeightIfNoneIsWaiting() throws Exception {
        block();
        assertThat(executor.offer(10 * HALF, () -> done.add(1))).isTrue();
        assertThat(executor.offer(1, () -> done.add(2))).isFalse();
        gate.countDown();
        await().until(() -> done.size() == 1);
    }
}
