package dev.oriel.app.composer;

import java.time.Clock;
import java.time.Duration;

/// Folds what a session says, and the person's wish to stop, into a [Turn]. Belongs to one thread.
///
/// | now | busy | at rest | stop pressed | receipt | stop failed |
/// |---|---|---|---|---|---|
/// | Quiet | Running | – | – | – | – |
/// | Running | – | Quiet | Stopping | – | – |
/// | Stopping | – | Stopped | – | Stopping, confirmed | Running |
/// | Stopped | Running | – | – | – | – |
final class TurnTracker {
    private final Clock clock;
    private Turn turn = new Turn.Quiet();

    TurnTracker(Clock clock) {
        this.clock = clock;
    }

    Turn turn() {
        return turn;
    }

    /// The session says that a turn is under way.
    void busy() {
        if (!turn.busy()) {
            turn = new Turn.Running(clock.instant());
        }
    }

    /// The turn is over: its `result` came, its agent has gone, or the session says it is at rest.
    void atRest() {
        turn =
                switch (turn) {
                    case Turn.Stopping s ->
                            new Turn.Stopped(Duration.between(s.since(), clock.instant()));
                    case Turn.Running _ -> new Turn.Quiet();
                    case Turn.Quiet q -> q;
                    case Turn.Stopped s -> s;
                };
    }

    /// @return whether there is something to stop that nobody has stopped yet
    boolean stopPressed() {
        if (turn instanceof Turn.Running) {
            turn = new Turn.Stopping(clock.instant(), false);
            return true;
        }
        return false;
    }

    void receipt() {
        if (turn instanceof Turn.Stopping s) {
            turn = new Turn.Stopping(s.since(), true);
        }
    }

    void stopFailed() {
        if (turn instanceof Turn.Stopping s) {
            turn = new Turn.Running(s.since());
        }
    }
}
