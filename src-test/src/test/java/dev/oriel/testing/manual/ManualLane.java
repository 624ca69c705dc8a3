package dev.oriel.testing.manual;

import dev.oriel.app.fx.FxLane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/// Turns of the JavaFX thread that a test gives itself, one by one, without a toolkit.
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

    /// Turns that are asked for and not yet run.
    public synchronized int pending() {
        return turns.size();
    }

    /// Lets time pass, as a slow task would.
    public void advance(long nanoseconds) {
        nanos += nanoseconds;
    }

    /// Gives one turn, if one is asked for.
    public void runTurn() {
        Runnable turn;
        synchronized (this) {
            turn = turns.poll();
        }
        if (turn != null) {
            turn.run();
        }
    }

    /// Gives turns until none is asked for.
    public void runAll() {
        while (pending() > 0) {
            runTurn();
        }
    }
}
