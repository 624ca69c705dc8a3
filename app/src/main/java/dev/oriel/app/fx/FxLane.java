package dev.oriel.app.fx;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javafx.application.Platform;

/// Runs tasks of any thread on the JavaFX thread. The only caller of `Platform.runLater`.
///
/// Tasks run in the order in which they were posted, in batches: at most one turn of the JavaFX
/// thread is pending. A batch that takes longer than half a frame continues in a further turn, so
/// that input and rendering are not held up by a burst.
///
/// Thread-safe. If a task throws, its exception is passed to the uncaught exception handler of the
/// JavaFX thread, and the next task runs.
public final class FxLane implements Executor {
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

    private final Executor turns;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean pending = new AtomicBoolean();

    /// A lane onto the JavaFX thread of this process.
    public FxLane() {
        this(Platform::runLater, System::nanoTime);
    }

    /// A lane with other turns, for tests.
    ///
    /// @param turns runs each task later, one after the other, never inside `execute`
    /// @param nanoTime a monotonic clock, nanoseconds
    public FxLane(Executor turns, LongSupplier nanoTime) {
        this.turns = turns;
        this.nanoTime = nanoTime;
    }

    /// Runs a task on the JavaFX thread after all tasks that were posted before it. Returns at
    /// once, also on that thread.
    public void post(Runnable task) {
        posted.add(task);
        requestTurn();
    }

    /// The same as [#post(Runnable)].
    @Override
    public void execute(Runnable task) {
        post(task);
    }

    private void requestTurn() {
        if (pending.compareAndSet(false, true)) {
            turns.execute(this::runTurn);
        }
    }

    private void runTurn() {
        pending.set(false);
        long end = nanoTime.getAsLong() + BATCH_NANOS;
        Runnable task;
        while ((task = posted.poll()) != null) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
            if (nanoTime.getAsLong() - end >= 0) {
                break;
            }
        }
        if (!posted.isEmpty()) {
            requestTurn();
        }
    }
}
