package dev.oriel.app.fx;

import java.time.Duration;

/// Runs tasks on the JavaFX thread after a delay.
@FunctionalInterface
public interface Scheduler {
    /// Runs a task once, after the delay.
    ///
    /// @return cancels the task if it has not run yet; to be called on the JavaFX thread
    Runnable schedule(Duration delay, Runnable task);
}
