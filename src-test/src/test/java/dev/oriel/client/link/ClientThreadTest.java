package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.testing.await.Patience;
import dev.oriel.testing.log.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientThreadTest {
    private final ClientThread lane = new ClientThread();
    private final List<Integer> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        lane.close();
    }

    @Test
    void tasksRunInOrder() {
        for (int i = 0; i < 100; i++) {
            int n = i;
            lane.execute(() -> ran.add(n));
        }
        await().until(() -> ran.size() == 100);
        assertThat(ran).isSorted();
    }

    @Test
    void aFailedTaskIsLoggedAndTheNextOneRuns() {
        try (CapturedLog logs = CapturedLog.errors("dev.oriel.client")) {
            lane.execute(() -> {
                throw new IllegalStateException("a bug");
            });
            lane.execute(() -> ran.add(1));
            await().until(() -> ran.contains(1));
            assertThat(logs.lines()).singleElement().asString().contains("a bug");
        }
    }

    @Test
    void aCancelledTimerDoesNotRun() {
        // On the lane, so that the first timer cannot run before it is cancelled.
        lane.execute(() -> {
            lane.schedule(() -> ran.add(1), Duration.ofMillis(1)).cancel();
            lane.schedule(() -> ran.add(2), Duration.ofMillis(2));
        });
        await().until(() -> ran.contains(2));
        assertThat(ran).containsExactly(2);
    }

    @Test
    void aRepeatedTimerRunsUntilItIsCancelled() {
        ClientLane.Timer timer = lane.scheduleRepeatedly(() -> ran.add(1), Duration.ofMillis(1));
        await().until(() -> ran.size() > 3);
        timer.cancel();
    }

    @Test
    void whatWasQueuedBeforeTheEndStillRuns() throws Exception {
        CompletableFuture<Void> blocked = new CompletableFuture<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        lane.execute(blocked::join);
        lane.execute(() -> last.complete(null));
        lane.close();
        blocked.complete(null);
        last.get(Patience.SECONDS, TimeUnit.SECONDS);
        // The thread ends soon after; then tasks and timers are accepted and dropped.
        lane.execute(() -> ran.add(1));
        lane.schedule(() -> ran.add(2), Duration.ofHours(1)).cancel();
    }

    @Test
    void eachTaskThatIsAcceptedRunsEvenIfTheThreadIsBusyWhileItEnds() throws Exception {
        CompletableFuture<Void> busy = new CompletableFuture<>();
        CompletableFuture<Boolean> last = new CompletableFuture<>();
        ClientThread ending = new ClientThread(Duration.ZERO);
        ending.execute(busy::join);
        ending.close();
        assertThat(ending.isClosed()).isFalse();
        ending.execute(() -> last.complete(ending.isClosed()));
        busy.complete(null);
        assertThat(last.get(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theThreadEndsThoughTimersArePending() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        try (ClientThread ending = new ClientThread(Duration.ZERO)) {
            ending.execute(() -> thread.complete(Thread.currentThread()));
            ending.schedule(() -> ran.add(1), Duration.ofHours(1));
            ending.scheduleRepeatedly(() -> ran.add(2), Duration.ofHours(1));
        }
        assertThat(thread.get(Patience.SECONDS, TimeUnit.SECONDS).join(Duration.ofSeconds(5)))
                .isTrue();
        assertThat(ran).isEmpty();
    }
}
