package dev.oriel.app.controls;

import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/// A `Label` that is measured once for each width ([MeasuredHeights]).
final class MeasuredLabel extends Label implements Measured {
    private final @Nullable MeasuredHeights heights = new MeasuredHeights();

    @Override
    protected double computePrefHeight(double width) {
        return MeasuredHeights.prefHeight(heights, this, width, super::computePrefHeight);
    }

    @Override
    public void requestLayout() {
        MeasuredHeights.clear(heights);
        super.requestLayout();
    }
}
