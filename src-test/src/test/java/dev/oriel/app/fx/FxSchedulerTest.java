package dev.oriel.app.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FxSchedulerTest {
    private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final FxScheduler later = new FxScheduler(new FxLane(turns::add, System::nanoTime));
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void close() {
        later.close();
    }

    private void turn() {
        await().until(() -> !turns.isEmpty());
        turns.remove().run();
    }

    @Test
    void aTaskRunsInATurnOfTheJavaFxThread() {
        later.schedule(Duration.ofMillis(1), () -> ran.add("work"));
        await().until(() -> !turns.isEmpty());
        assertThat(ran).isEmpty();
        turn();
        assertThat(ran).containsExactly("work");
    }

    @Test
    void aCancelledTaskDoesNotRunEvenIfItsTurnIsPending() {
        Runnable takeBack = later.schedule(Duration.ZERO, () -> ran.add("work"));
        await().until(() -> !turns.isEmpty());
        takeBack.run();
        turn();
        assertThat(ran).isEmpty();
    }

    @Test
    void theTaskWithTheShorterDelayRunsFirst() {
        later.schedule(Duration.ofMinutes(1), () -> ran.add("slow"));
        later.schedule(Duration.ofMillis(1), () -> ran.add("quick"));
        turn();
        assertThat(ran).containsExactly("quick");
    }

    @Test
    void tasksAreDiscardedAfterClose() {
        later.close();
        later.schedule(Duration.ZERO, () -> ran.add("work"));
        assertThat(turns).isEmpty();
        assertThat(ran).isEmpty();
    }
}
