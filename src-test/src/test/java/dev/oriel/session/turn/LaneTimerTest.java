package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.ManualSessionLane;
import dev.oriel.testing.manual.ManualTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Starts, cancels and restarts a timeout.
class LaneTimerTest {
    private static final Duration TIME = Duration.ofSeconds(1);

    private final ManualSessionLane lane = new ManualSessionLane();
    private final ManualTimer executor = new ManualTimer();
    private int timeouts;
    private final LaneTimer timer = new LaneTimer(lane, executor, () -> timeouts++);

    @Test
    void theTaskRunsOnceOnTheLane() {
        timer.start(TIME);
        assertThat(timer.isRunning()).isTrue();
        executor.advance(TIME);
        assertThat(timeouts).isZero();
        lane.runAll();
        assertThat(timeouts).isEqualTo(1);
        assertThat(timer.isRunning()).isFalse();
    }

    @Test
    void aTimeoutOnItsWayToTheLaneCanBeCancelled() {
        timer.start(TIME);
        executor.advance(TIME);
        timer.cancel();
        lane.runAll();
        assertThat(timeouts).isZero();
    }

    /// What is awaited may be in the input that is held.
    @Test
    void whileInputIsHeldTheTimerStartsAgain() {
        timer.start(TIME);
        lane.holdInput(true);
        executor.advance(TIME);
        lane.runAll();
        assertThat(timeouts).isZero();
        assertThat(timer.isRunning()).isTrue();
        lane.holdInput(false);
        executor.advance(TIME.minusMillis(1));
        lane.runAll();
        assertThat(timeouts).isZero();
        executor.advance(Duration.ofMillis(1));
        lane.runAll();
        assertThat(timeouts).isEqualTo(1);
    }

    @Test
    void aTimeoutOfAnEarlierStartIsIgnored() {
        timer.start(TIME);
        executor.advance(TIME);
        timer.start(TIME);
        lane.runAll();
        assertThat(timeouts).isZero();
        executor.advance(TIME);
        lane.runAll();
        assertThat(timeouts).isEqualTo(1);
    }
}
