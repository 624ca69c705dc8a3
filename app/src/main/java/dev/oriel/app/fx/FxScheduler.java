package dev.oriel.app.fx;

import dev.oriel.platform.DaemonTimer;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A [Scheduler] with a timer thread of its own.
///
/// It does not use a `PauseTransition`: while any animation runs the toolkit renders 60 frames a
/// second, so a window that only waits would use the processor all the time.
///
/// Thread-safe. After [#close()] tasks are discarded.
public final class FxScheduler implements Scheduler, AutoCloseable {
    private final FxLane lane;
    private final ScheduledThreadPoolExecutor timer;

    /// @param lane runs the tasks
    public FxScheduler(FxLane lane) {
        this.lane = lane;
        timer = DaemonTimer.create("oriel-later");
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        AtomicBoolean pending = new AtomicBoolean(true);
        ScheduledFuture<?> future =
                timer.schedule(
                        () ->
                                lane.post(() -> {
                                    if (pending.compareAndSet(true, false)) {
                                        task.run();
                                    }
                                }),
                        Math.max(0, delay.toNanos()),
                        TimeUnit.NANOSECONDS);
        return () -> {
            if (pending.compareAndSet(true, false)) {
                future.cancel(false);
            }
        };
    }

    /// Discards the tasks that have not run yet.
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
