package dev.oriel.platform;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/// Creates timers that delay work on one daemon thread.
///
/// Work must be short. A cancelled task leaves the queue at once, so it keeps no memory until its
/// time. A task that is scheduled after shutdown is discarded without an exception.
public final class DaemonTimer {
    private DaemonTimer() {}

    /// @param threadName name of the timer's thread
    public static ScheduledThreadPoolExecutor create(String threadName) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().daemon().name(threadName).factory(),
                        new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
