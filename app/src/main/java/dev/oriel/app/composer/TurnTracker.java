package dev.oriel.app.composer;

import java.time.Clock;
import java.time.Duration;

/// Computes the [TurnState] from what the session reports and from the user's interruptions.
/// Belongs to one thread. A dash means that the state stays.
///
/// | state | `onBusy` | `onIdle` | `requestInterrupt` | `onInterruptConfirmed` | `…Failed` |
/// |---|---|---|---|---|---|
/// | Idle | Running | – | – | – | – |
/// | Running | – | Idle | Interrupting | – | – |
/// | Interrupting | – | Interrupted | – | Interrupting, confirmed | Running |
/// | Interrupted | Running | – | – | – | – |
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
                    case TurnState.Interrupting s ->
                            new TurnState.Interrupted(Duration.between(s.since(), clock.instant()));
                    case TurnState.Running _ -> new TurnState.Idle();
                    case TurnState.Idle q -> q;
                    case TurnState.Interrupted s -> s;
                };
    }

    /// The user interrupts the turn.
    ///
    /// @return whether a turn was running that was not interrupted yet
    boolean requestInterrupt() {
        if (turn instanceof TurnState.Running) {
            turn = new TurnState.Interrupting(clock.instant(), false);
            return true;
        }
        return false;
    }

    void onInterruptConfirmed() {
        if (turn instanceof TurnState.Interrupting s) {
            turn = new TurnState.Interrupting(s.since(), true);
        }
    }

    void onInterruptFailed() {
        if (turn instanceof TurnState.Interrupting) {
            turn = new TurnState.Running();
        }
    }
}
