package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.install.CliTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The steps that end a process.
class ProcessEscalationTest {
    private static final CliTimeouts TIMES =
            new CliTimeouts(
                    Duration.ofMillis(200),
                    Duration.ofMillis(1),
                    Duration.ofMillis(1),
                    Duration.ofSeconds(1));

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final AtomicInteger forced = new AtomicInteger();
    private final ProcessEscalation escalation =
            new ProcessEscalation(clock, TIMES, new LoggedSteps());

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    private final class LoggedSteps implements ProcessEscalation.Target {
        @Override
        public void closeInput() {
            steps.add("close");
        }

        @Override
        public void terminate() {
            steps.add("terminate");
        }

        @Override
        public void kill() {
            steps.add("kill");
        }

        @Override
        public boolean isAlive() {
            return true;
        }
    }

    @Test
    void aSecondInterruptIsEnforcedWhileTheFirstHasItsDeadline() {
        escalation.startAfterInterrupt(() -> false, forced::incrementAndGet);
        escalation.startAfterInterrupt(() -> true, forced::incrementAndGet);
        Awaitility.await().until(() -> steps.contains("kill"));
        assertThat(steps).containsExactly("close", "terminate", "kill");
        assertThat(forced).hasValue(1);
    }

    @Test
    void manyInterruptsOfOneTurnAreEnforcedOnce() {
        for (int i = 0; i < 10; i++) {
            escalation.startAfterInterrupt(() -> true, forced::incrementAndGet);
        }
        Awaitility.await().until(() -> steps.contains("kill"));
        assertThat(steps).containsExactly("close", "terminate", "kill");
        assertThat(forced).hasValue(1);
    }
}
