package dev.oriel.app.composer;

import java.time.Clock;
import java.time.Duration;

/// Computes the [TurnState] from what the session reports and from the user's interruptions.
/// Belongs to one thread. A dash means that the state stays.
///
/// | state | `onBusy` | `onIdle` | `requestStop` | `onStopConfirmed` | `onStopFailed` |
/// |---|---|---|---|---|---|
/// | Idle | Running | – | – | – | – |
/// | Running | – | Idle | Stopping | – | – |
/// | Stopping | – | Stopped | – | Stopping, confirmed | Running |
/// | Stopped | Running | – | – | – | – |
final class TurnTracker {
    private final Clock clock;
    private TurnState turn = new TurnState.Idle();

    TurnTracker(Clock clock) {
        this.clock = clock;
    }

    TurnState turn() {
        return turn;
    }

    /// The session reports that a turn is running.
    void onBusy() {
        if (!turn.isBusy()) {
            turn = new TurnState.Running();
        }
    }

    /// The turn has finished: its `result` was received, its agent has exited, or the session
    /// reports that it is idle.
    void onIdle() {
        turn =
                switch (turn) {
                    case TurnState.Stopping s ->
                            new TurnState.Stopped(Duration.between(s.since(), clock.instant()));
                    case TurnState.Running _ -> new TurnState.Idle();
                    case TurnState.Idle q -> q;
                    case TurnState.Stopped s -> s;
                };
    }

    /// The user interrupts the turn.
    ///
    /// @return whether a turn was running that was not interrupted yet
    boolean requestStop() {
        if (turn instanceof TurnState.Running) {
            turn = new TurnState.Stopping(clock.instant(), false);
            return true;
        }
        return false;
    }

    void onStopConfirmed() {
        if (turn instanceof TurnState.Stopping s) {
            turn = new TurnState.Stopping(s.since(), true);
        }
    }

    void onStopFailed() {
        if (turn instanceof TurnState.Stopping) {
            turn = new TurnState.Running();
        }
    }
}
