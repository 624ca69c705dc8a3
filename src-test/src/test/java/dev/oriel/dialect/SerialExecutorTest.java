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

/// Tasks run one after the other, and only so much waits.
@Timeout(30)
class SerialExecutorTest {
    private static final long HALF = 4 * 1024 * 1024;

    private final SerialExecutor tasks = new SerialExecutor("test");
    private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    private void block() throws InterruptedException {
        var running = new CountDownLatch(1);
        tasks.post(() -> {
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
    void theyRunInTheOrderInWhichTheyCame() {
        IntStream.range(0, 1_000).forEach(n -> tasks.post(() -> done.add(n)));
        await().until(() -> done.size() == 1_000);
        assertThat(done).isSorted();
    }

    @Test
    void oneThatFailsDoesNotTakeTheNextWithIt() {
        tasks.post(() -> {
            throw new IllegalStateException("wanted by the test");
        });
        tasks.post(() -> done.add(1));
        await().until(() -> done.size() == 1);
    }

    @Test
    void whatIsOfferedBeyondTheLimitIsNotTaken() throws Exception {
        block();
        assertThat(tasks.offer(HALF, () -> done.add(1))).isTrue();
        assertThat(tasks.offer(HALF, () -> done.add(2))).isTrue();
        assertThat(tasks.offer(1, () -> done.add(3))).isFalse();
        tasks.post(() -> done.add(4));
        gate.countDown();
        await().until(() -> done.size() == 3);
        assertThat(done).containsExactly(1, 2, 4);
        assertThat(tasks.offer(HALF, () -> done.add(5))).isTrue();
        await().until(() -> done.contains(5));
    }

    @Test
    void oneThatNothingWaitsBeforeIsTakenHoweverLargeItIs() throws Exception {
        block();
        assertThat(tasks.offer(10 * HALF, () -> done.add(1))).isTrue();
        assertThat(tasks.offer(1, () -> done.add(2))).isFalse();
        gate.countDown();
        await().until(() -> done.size() == 1);
    }
}
