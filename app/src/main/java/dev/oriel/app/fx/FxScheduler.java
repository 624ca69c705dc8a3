package dev.oriel.app.fx;

import dev.oriel.platform.DaemonTimer;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs work on the JavaFX thread after a while.
///
/// It waits on a thread of its own and not in a `PauseTransition`: while any animation runs the
/// toolkit makes 60 frames a second, so a window that waits would use the processor all the time.
///
/// Thread-safe. After [#close()] nothing is taken any more.
public final class FxScheduler implements AutoCloseable {
    private final FxLane lane;
    private final ScheduledThreadPoolExecutor timer;

    public FxScheduler(FxLane lane) {
        this.lane = lane;
        timer = DaemonTimer.create("oriel-later");
    }

    /// @return takes it back: called on the JavaFX thread before the work ran, the work never runs
    public Runnable schedule(Duration delay, Runnable work) {
        AtomicBoolean wanted = new AtomicBoolean(true);
        ScheduledFuture<?> waits =
                timer.schedule(
                        () ->
                                lane.post(() -> {
                                    if (wanted.compareAndSet(true, false)) {
                                        work.run();
                                    }
                                }),
                        Math.max(0, delay.toNanos()),
                        TimeUnit.NANOSECONDS);
        return () -> {
            if (wanted.compareAndSet(true, false)) {
                waits.cancel(false);
            }
        };
    }

    /// Drops what still waits.
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
