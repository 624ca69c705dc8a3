package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import dev.oriel.testing.manual.ManualSessionLane;
import dev.oriel.testing.manual.ManualTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a prompt counts as dropped by the agent.
class PromptUptakeTest {
    private static final String IDLE =
            "{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"idle\"}";

    private final ManualSessionLane lane = new ManualSessionLane();
    private final ManualTimer timer = new ManualTimer();
    private int dropped;
    private final PromptUptake uptake = new PromptUptake(lane, timer, () -> dropped++);

    private void pass(Duration time) {
        timer.advance(time);
        lane.runAll();
    }

    @Test
    void withoutAnySignThePromptIsDroppedAfterAQuarterOfAnHour() {
        uptake.start();
        pass(Duration.ofMinutes(15).minusMillis(1));
        assertThat(dropped).isZero();
        pass(Duration.ofMillis(1));
        assertThat(dropped).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(dropped).as("only once").isEqualTo(1);
    }

    @Test
    void anIdleAgentHasFiveSecondsToTakeItUp() throws Exception {
        uptake.start();
        uptake.onMessage(Message.parse(IDLE));
        pass(Duration.ofMillis(4_999));
        assertThat(dropped).isZero();
        pass(Duration.ofMillis(1));
        assertThat(dropped).isEqualTo(1);
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"assistant\"}",
                "{\"type\":\"assistant\",\"parent_tool_use_id\":null}",
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"message_start\"}}",
                "{\"type\":\"result\"}",
                "{\"type\":\"system\",\"subtype\":\"init\"}",
                "{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"running\"}"
            })
    void aSignOfTheTurnEndsTheWait(String sign) throws Exception {
        uptake.start();
        uptake.onMessage(Message.parse(sign));
        assertThat(timer.pending()).isZero();
        pass(Duration.ofHours(1));
        assertThat(dropped).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"assistant\",\"parent_tool_use_id\":\"t1\"}",
                "{\"type\":\"stream_event\",\"parent_tool_use_id\":\"t1\",\"event\":{}}",
                "{\"type\":\"system\",\"subtype\":\"task_notification\"}",
                "{\"type\":\"user\"}",
                "{\"type\":\"keep_alive\"}"
            })
    void messagesOfBackgroundTasksAreNoSign(String message) throws Exception {
        uptake.start();
        uptake.onMessage(Message.parse(message));
        pass(Duration.ofMinutes(15));
        assertThat(dropped).isEqualTo(1);
    }

    @Test
    void withoutAPromptNothingIsAwaited() throws Exception {
        uptake.onMessage(Message.parse(IDLE));
        assertThat(timer.pending()).isZero();
        uptake.start();
        uptake.cancel();
        pass(Duration.ofHours(1));
        assertThat(dropped).isZero();
    }

    @Test
    void aTimeoutThatReachesTheLaneAfterTheEndOfTheTurnIsIgnored() {
        uptake.start();
        timer.advance(Duration.ofMinutes(15));
        uptake.cancel();
        lane.runAll();
        assertThat(dropped).isZero();
    }

    @Test
    void aTimeoutThatReachesTheLaneAfterTheNextPromptDoesNotDropIt() {
        uptake.start();
        timer.advance(Duration.ofMinutes(15));
        uptake.cancel();
        uptake.start();
        lane.runAll();
        assertThat(dropped).isZero();
        pass(Duration.ofMinutes(15));
        assertThat(dropped).isEqualTo(1);
    }
}
