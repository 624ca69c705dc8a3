package dev.oriel.app.window;

import dev.oriel.app.find.FindBar;
import dev.oriel.app.find.FindViewModel;
import java.util.function.BooleanSupplier;

/// Finding text in the open conversation, as the keys and menus of the window do it. Belongs to the
/// JavaFX thread.
public final class WindowFind {
    private final FindViewModel model;
    private final TranscriptHost transcript;
    private final FindBar bar;

    /// @param otherFocus takes the focus when the bar closes, if what had it before is gone
    public WindowFind(
            FindViewModel model,
            TranscriptHost transcript,
            BooleanSupplier reducedMotion,
            Runnable otherFocus) {
        this.model = model;
        this.transcript = transcript;
        this.bar = new FindBar(model, reducedMotion, otherFocus);
        transcript.setFindBar(bar);
    }

    /// Opens the bar.
    public void open() {
        bar.open(transcript.selectedWords());
    }

    void next() {
        move(model::next);
    }

    void previous() {
        move(model::previous);
    }

    private void move(Runnable action) {
        if (model.shown().get()) {
            action.run();
        } else {
            bar.open("");
        }
    }

    /// Closes the bar if the focus is in it.
    ///
    /// @return whether it was
    boolean escape() {
        return bar.escape();
    }
}
