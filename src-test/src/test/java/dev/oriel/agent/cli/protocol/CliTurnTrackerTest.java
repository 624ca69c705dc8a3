package dev.oriel.agent.cli.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Whether the CLI works on a turn.
class CliTurnTrackerTest {
    private final CliTurnTracker turn = new CliTurnTracker();

    @Test
    void aTurnRunsFromThePromptToTheResult() {
        assertThat(turn.isRunning()).isFalse();
        turn.onPrompt();
        assertThat(turn.isRunning()).isTrue();
        turn.start();
        turn.finish(false);
        assertThat(turn.isRunning()).isFalse();
        assertThat(turn.finishedTurns()).isEqualTo(1);
    }

    @Test
    void aTurnThatTheCliStartsByItselfRunsToo() {
        turn.start();
        assertThat(turn.isRunning()).isTrue();
        turn.finish(true);
        assertThat(turn.isRunning()).isFalse();
    }

    @Test
    void aPromptStillWaitsAfterTheEndOfATurnThatTheCliStarted() {
        turn.start();
        turn.onPrompt();
        turn.finish(true);
        assertThat(turn.isRunning()).isTrue();
        assertThat(turn.finishedTurns()).isEqualTo(1);
        turn.finish(false);
        assertThat(turn.isRunning()).isFalse();
    }

    @Test
    void theStartOfATurnIsKeptWhileItRunsAndAfterwards() {
        assertThat(turn.startedAt()).isEqualTo(Instant.MAX);
        turn.onPrompt();
        Instant started = turn.startedAt();
        turn.start();
        turn.finish(false);
        assertThat(turn.startedAt()).isEqualTo(started).isBeforeOrEqualTo(Instant.now());
    }
}
