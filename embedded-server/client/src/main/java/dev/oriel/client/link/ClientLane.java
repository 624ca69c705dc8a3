package dev.oriel.client.link;

import java.time.Duration;
import java.util.concurrent.Executor;

/// The serial executor of a client: its tasks run one after the other, and all state of the client
/// belongs to it. Nothing on it may block or touch the disk.
///
/// Any thread may call. After the lane was closed, tasks are dropped silently; what was accepted
/// before still runs.
public interface ClientLane extends Executor {
    /// A task that was scheduled.
    interface Timer {
        /// Prevents further runs. Does nothing if there would be none.
        void cancel();
    }

    /// Whether the lane was closed: later tasks are dropped.
    boolean isClosed();

    /// Runs a task once.
    Timer schedule(Runnable task, Duration delay);

    /// Runs a task again and again; the first time after one period.
    Timer scheduleRepeatedly(Runnable task, Duration period);
}
