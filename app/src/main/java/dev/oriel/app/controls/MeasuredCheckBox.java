package dev.oriel.app.controls;

import javafx.scene.control.CheckBox;
import org.jspecify.annotations.Nullable;

/// Breaks its text into lines once for each width, not at each question for its height.
final class MeasuredCheckBox extends CheckBox implements Measured {
    /// Null as long as the constructor of the class above runs.
    private final @Nullable MeasuredHeights heights = new MeasuredHeights();

    @Override
    protected double computePrefHeight(double width) {
        return heights == null
                ? super.computePrefHeight(width)
                : heights.of(
                        width,
                        w -> Math.max(super.computePrefHeight(w), TextRuns.leastHeight(this, w)));
    }

    @Override
    public void requestLayout() {
        if (heights != null) {
            heights.clear();
        }
        super.requestLayout();
    }
}
