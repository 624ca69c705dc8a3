package dev.oriel.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.ManualLane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FxLaneTest {
    private final ManualLane turns = new ManualLane();
    private final FxLane lane = turns.lane();
    private final List<String> ran = new ArrayList<>();

    @Test
    void tasksRunInOrderInOneTurn() {
        lane.post(() -> ran.add("a"));
        lane.post(() -> ran.add("b"));
        lane.post(() -> ran.add("c"));

        assertThat(turns.pending()).isEqualTo(1);
        turns.runTurn();
        assertThat(ran).containsExactly("a", "b", "c");
        assertThat(turns.pending()).isZero();
    }

    @Test
    void noTurnIsRequestedWithoutATask() {
        lane.post(() -> ran.add("a"));
        turns.runAll();

        assertThat(turns.pending()).isZero();
    }

    @Test
    void aLongBatchContinuesInAFurtherTurn() {
        lane.post(() -> {
            ran.add("slow");
            turns.advance(TimeUnit.MILLISECONDS.toNanos(9));
        });
        lane.post(() -> ran.add("next"));

        turns.runTurn();
        assertThat(ran).containsExactly("slow");
        assertThat(turns.pending()).isEqualTo(1);
        turns.runTurn();
        assertThat(ran).containsExactly("slow", "next");
    }

    @Test
    void aTaskPostedByATaskRunsAfterEarlierOnes() {
        lane.post(() -> {
            ran.add("first");
            lane.post(() -> ran.add("posted by the first"));
        });
        lane.post(() -> ran.add("second"));

        turns.runAll();
        assertThat(ran).containsExactly("first", "second", "posted by the first");
    }

    @Test
    void theNextTaskRunsAfterOneThatThrows() {
        List<Throwable> seen = new ArrayList<>();
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((_, e) -> seen.add(e));
        try {
            lane.post(() -> {
                throw new IllegalStateException("a bug");
            });
            lane.post(() -> ran.add("still runs"));
            turns.runAll();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }

        assertThat(ran).containsExactly("still runs");
        assertThat(seen).singleElement().isInstanceOf(IllegalStateException.class);
    }
}
