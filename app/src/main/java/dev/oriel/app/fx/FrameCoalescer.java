package dev.oriel.app.fx;

import javafx.animation.AnimationTimer;

/// Runs one task at most once per frame, and only in frames for which it was requested.
///
/// Belongs to the JavaFX thread. Between requests no timer runs, so an idle window costs nothing.
///
/// ```java
/// frames = new FrameCoalescer(document::apply);
/// frames.request(); // any number of times: one `apply` in the next frame
/// ```
public final class FrameCoalescer {
    private final Runnable work;
    private boolean requested;

    private final AnimationTimer timer =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    stop();
                    requested = false;
                    work.run();
                }
            };

    /// @param work runs on the JavaFX thread in a pulse, before layout; it may request the next
    ///   frame
    public FrameCoalescer(Runnable work) {
        this.work = work;
    }

    /// Requests a run in the next frame.
    public void request() {
        if (!requested) {
            requested = true;
            timer.start();
        }
    }

    /// Whether a run is requested.
    public boolean isRequested() {
        return requested;
    }
}
