package dev.oriel.app.fx;

import java.time.Duration;

/// Runs something later on the JavaFX thread.
@FunctionalInterface
public interface Scheduler {
    /// @return takes it back, if it has not run yet
    Runnable schedule(Duration delay, Runnable work);
}
