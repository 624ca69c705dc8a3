package dev.oriel.testing.manual;

import dev.oriel.app.fx.FxLane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/// Turns of the JavaFX thread that a test runs one by one, without a toolkit.
public final class ManualLane implements Executor {
    private final Deque<Runnable> turns = new ArrayDeque<>();
    private long nanos;

    /// A lane that runs only in [#runTurn()] and [#runAll()].
    public FxLane lane() {
        return new FxLane(this, () -> nanos);
    }

    @Override
    public synchronized void execute(Runnable turn) {
        turns.add(turn);
    }

    /// The number of requested turns that have not run.
    public synchronized int pending() {
        return turns.size();
    }

    /// Advances the time, as a slow task would.
    public void advance(long nanoseconds) {
        nanos += nanoseconds;
    }

    /// Runs one turn, if one is requested.
    public void runTurn() {
        Runnable turn;
        synchronized (this) {
            turn = turns.poll();
        }
        if (turn != null) {
            turn.run();
        }
    }

    /// Runs turns until none is requested.
    public void runAll() {
        while (pending() > 0) {
            runTurn();
        }
    }
}
