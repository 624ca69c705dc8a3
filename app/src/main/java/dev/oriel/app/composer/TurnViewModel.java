package dev.oriel.app.composer;

import dev.oriel.platform.FutureFailures;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The turn of the session that is open, and its interruption by the user. Belongs to the JavaFX
/// thread.
final class TurnViewModel {
    private final Executor fx;
    private final Clock clock;
    private final Consumer<String> errors;
    private final ReadOnlyObjectWrapper<TurnState> state =
            new ReadOnlyObjectWrapper<>(new TurnState.Idle());
    private @Nullable ComposerTarget target;
    private TurnTracker tracker;

    /// @param errors receives sentences for the user
    TurnViewModel(Executor fx, Clock clock, Consumer<String> errors) {
        this.fx = fx;
        this.clock = clock;
        this.errors = errors;
        this.tracker = new TurnTracker(clock);
    }

    /// Turns to another page, of which no turn is known.
    void attach(@Nullable ComposerTarget to) {
        target = to;
        tracker = new TurnTracker(clock);
        update();
    }

    private void update() {
        state.set(tracker.turn());
    }

    /// @param busy whether a turn is running
    void setBusy(boolean busy) {
        if (busy) {
            tracker.onBusy();
        } else {
            tracker.onIdle();
        }
        update();
    }

    /// See [ComposerViewModel#interrupt].
    boolean interrupt() {
        ComposerTarget to = target;
        if (to == null || !tracker.requestInterrupt()) {
            return to != null && state.get() instanceof TurnState.Interrupting;
        }
        TurnTracker interrupted = tracker;
        update();
        to.interrupt()
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                interrupted.onInterruptConfirmed();
                            } else {
                                interrupted.onInterruptFailed();
                                errors.accept(
                                        "The turn could not be stopped: "
                                                + FutureFailures.message(failure));
                            }
                            update();
                        },
                        fx);
        return true;
    }

    ReadOnlyObjectProperty<TurnState> state() {
        return state.getReadOnlyProperty();
    }
}
