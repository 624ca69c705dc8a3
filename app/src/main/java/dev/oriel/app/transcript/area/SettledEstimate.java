package dev.oriel.app.transcript.area;

import org.reactfx.value.Val;
import org.reactfx.value.Var;

/// An estimate of a flow, such as the height of its text, that observers get once after a layout.
///
/// During a layout the estimates of the flow change with every cell, and each time to compute them
/// takes a time proportional to the number of cells in sight: with scroll bars as observers, that
/// was a third of the time for a screen full of new lines.
final class SettledEstimate {
    private final Val<Double> source;
    private final Var<Double> settled;
    private boolean outdated;

    /// @param onChange called when the source changed and observers do not know it yet
    SettledEstimate(Val<Double> source, Runnable onChange) {
        this.source = source;
        settled = Var.newSimpleVar(source.getValue());
        source.addListener(_ -> {
            outdated = true;
            onChange.run();
        });
    }

    Var<Double> value() {
        return settled;
    }

    /// Notifies the observers if the source changed.
    void settle() {
        if (outdated) {
            outdated = false;
            settled.setValue(source.getValue());
        }
    }
}
