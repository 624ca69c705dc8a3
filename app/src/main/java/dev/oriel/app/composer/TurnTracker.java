package dev.oriel.app.composer;

import java.time.Clock;
import java.time.Duration;

/// Folds what a session says, and the person's wish to stop, into a [TurnState]. Belongs to one
/// thread.
///
/// | now | busy | at rest | stop pressed | receipt | stop failed |
/// |---|---|---|---|---|---|
/// | Quiet | Running | – | – | – | – |
/// | Running | – | Quiet | Stopping | – | – |
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

    /// The session says that a turn is under way.
    void onBusy() {
        if (!turn.isBusy()) {
            turn = new TurnState.Running(clock.instant());
        }
    }

    /// The turn is over: its `result` came, its agent has gone, or the session says it is at rest.
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

    /// @return whether there is something to stop that nobody has stopped yet
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
        if (turn instanceof TurnState.Stopping s) {
            turn = new TurnState.Running(s.since());
        }
    }
}
