package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.composer.TurnState.Idle;
import dev.oriel.app.composer.TurnState.Running;
import dev.oriel.app.composer.TurnState.Stopped;
import dev.oriel.app.composer.TurnState.Stopping;
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
                    case "Stopping" -> List.of(TurnTracker::onBusy, TurnTracker::requestStop);
                    case "Confirmed" ->
                            List.of(
                                    TurnTracker::onBusy,
                                    TurnTracker::requestStop,
                                    TurnTracker::onStopConfirmed);
                    case "Stopped" ->
                            List.of(
                                    TurnTracker::onBusy,
                                    TurnTracker::requestStop,
                                    TurnTracker::onIdle);
                    default -> throw new IllegalArgumentException(state);
                };
        steps.forEach(step -> step.accept(tracker));
    }

    private static TurnState state(String name) {
        return switch (name) {
            case "Idle" -> new Idle();
            case "Running" -> new Running();
            case "Stopping" -> new Stopping(NOW, false);
            case "Confirmed" -> new Stopping(NOW, true);
            case "Stopped" -> new Stopped(Duration.ZERO);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "Idle,      Running,  Idle,    Idle,     Idle,      Idle",
        "Running,   Running,  Idle,    Stopping, Running,   Running",
        "Stopping,  Stopping, Stopped, Stopping, Confirmed, Running",
        "Confirmed, Confirmed, Stopped, Confirmed, Confirmed, Running",
        "Stopped,   Running,  Stopped, Stopped,  Stopped,   Stopped"
    })
    void eachEventLeadsToTheStateOfTheTable(
            String from,
            String onBusy,
            String onIdle,
            String requestStop,
            String onStopConfirmed,
            String onStopFailed) {
        check(from, TurnTracker::onBusy, onBusy);
        check(from, TurnTracker::onIdle, onIdle);
        check(from, TurnTracker::requestStop, requestStop);
        check(from, TurnTracker::onStopConfirmed, onStopConfirmed);
        check(from, TurnTracker::onStopFailed, onStopFailed);
    }

    private static void check(String from, Consumer<TurnTracker> event, String to) {
        TurnTrackerTest fresh = new TurnTrackerTest();
        fresh.reach(from);
        assertThat(fresh.tracker.turn()).isEqualTo(state(from));
        event.accept(fresh.tracker);
        assertThat(fresh.tracker.turn()).isEqualTo(state(to));
    }
}
