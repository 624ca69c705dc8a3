package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.composer.TurnState.Idle;
import dev.oriel.app.composer.TurnState.Interrupted;
import dev.oriel.app.composer.TurnState.Interrupting;
import dev.oriel.app.composer.TurnState.Running;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of [TurnTracker].
class TurnTrackerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final TurnTracker tracker = new TurnTracker(Clock.fixed(NOW, ZoneOffset.UTC));

    private void reach(String state) {
        List<Consumer<TurnTracker>> steps =
                switch (state) {
                    case "Idle" -> List.of();
                    case "Running" -> List.of(TurnTracker::onBusy);
                    case "Interrupting" ->
                            List.of(TurnTracker::onBusy, TurnTracker::requestInterrupt);
                    case "Confirmed" ->
                            List.of(
                                    TurnTracker::onBusy,
                                    TurnTracker::requestInterrupt,
                                    TurnTracker::onInterruptConfirmed);
                    case "Interrupted" ->
                            List.of(
                                    TurnTracker::onBusy,
                                    TurnTracker::requestInterrupt,
                                    TurnTracker::onIdle);
                    default -> throw new IllegalArgumentException(state);
                };
        steps.forEach(step -> step.accept(tracker));
    }

    private static TurnState state(String name) {
        return switch (name) {
            case "Idle" -> new Idle();
            case "Running" -> new Running();
            case "Interrupting" -> new Interrupting(NOW, false);
            case "Confirmed" -> new Interrupting(NOW, true);
            case "Interrupted" -> new Interrupted(Duration.ZERO);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "Idle,         Running,      Idle,        Idle,         Idle,        Idle",
        "Running,      Running,      Idle,        Interrupting, Running,     Running",
        "Interrupting, Interrupting, Interrupted, Interrupting, Confirmed,   Running",
        "Confirmed,    Confirmed,    Interrupted, Confirmed,    Confirmed,   Running",
        "Interrupted,  Running,      Interrupted, Interrupted,  Interrupted, Interrupted"
    })
    void eachEventLeadsToTheStateOfTheTable(
            String from,
            String onBusy,
            String onIdle,
            String requestInterrupt,
            String onInterruptConfirmed,
            String onInterruptFailed) {
        check(from, TurnTracker::onBusy, onBusy);
        check(from, TurnTracker::onIdle, onIdle);
        check(from, TurnTracker::requestInterrupt, requestInterrupt);
        check(from, TurnTracker::onInterruptConfirmed, onInterruptConfirmed);
        check(from, TurnTracker::onInterruptFailed, onInterruptFailed);
    }

    private static void check(String from, Consumer<TurnTracker> event, String to) {
        TurnTrackerTest fresh = new TurnTrackerTest();
        fresh.reach(from);
        assertThat(fresh.tracker.turn()).isEqualTo(state(from));
        event.accept(fresh.tracker);
        assertThat(fresh.tracker.turn()).isEqualTo(state(to));
    }
}
