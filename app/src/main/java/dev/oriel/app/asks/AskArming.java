package dev.oriel.app.asks;

import dev.oriel.app.fx.Scheduler;
import java.time.Duration;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Whether the shown ask can be resolved: after it was in sight for a while, so that a key or click
/// that was meant for something else does not resolve it, and to allow it after its end was in
/// sight. Belongs to the JavaFX thread.
final class AskArming {
    private final Scheduler scheduler;
    private final Duration delay;
    private final ReadOnlyBooleanWrapper armed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper endSeen = new ReadOnlyBooleanWrapper(true);
    private Runnable cancel = () -> {};
    private Runnable showEnd = () -> {};

    /// @param delay how long an ask is in sight before it can be resolved
    AskArming(Scheduler scheduler, Duration delay) {
        this.scheduler = scheduler;
        this.delay = delay;
    }

    /// Another ask is shown, or none.
    void start(boolean shown) {
        endSeen.set(true);
        showEnd = () -> {};
        restart(shown);
    }

    /// The delay begins again.
    void restart(boolean shown) {
        cancel.run();
        armed.set(false);
        cancel = shown ? scheduler.schedule(delay, () -> armed.set(true)) : () -> {};
    }

    /// The end has to be seen.
    ///
    /// @param by brings it into sight
    void requireEnd(Runnable by) {
        showEnd = by;
        endSeen.set(false);
    }

    /// The end is in sight.
    ///
    /// @return whether it was not before
    boolean markEnd() {
        boolean news = !endSeen.get();
        endSeen.set(true);
        return news;
    }

    void showEnd() {
        showEnd.run();
    }

    ReadOnlyBooleanProperty armed() {
        return armed.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty endSeen() {
        return endSeen.getReadOnlyProperty();
    }
}
