package dev.oriel.app.asks;

import java.time.Duration;

/// Runs something later on the JavaFX thread.
@FunctionalInterface
public interface Delay {
    /// @return takes it back, if it has not run yet
    Runnable after(Duration delay, Runnable work);
}
