package dev.oriel.app.asks.view;

import javafx.geometry.Orientation;
import javafx.scene.layout.Region;

/// Options with a preview: beside them if there is room, else below them.
final class PreviewBeside extends Region {
    /// The least width at which the preview is beside the options, pixels.
    private static final double WIDE = 520;

    private static final double GAP = 16;

    /// The part of the width that the options take.
    private static final double SHARE = 0.42;

    private final Region options;
    private final Region preview;

    PreviewBeside(Region options, Region preview) {
        this.options = options;
        this.preview = preview;
        getChildren().addAll(options, preview);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private static boolean isWide(double width) {
        return width >= WIDE;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return WIDE;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double across = width < 0 ? getWidth() : width;
        if (isWide(across)) {
            double left = Math.floor(across * SHARE);
            return Math.max(options.prefHeight(left), preview.prefHeight(across - left - GAP));
        }
        return options.prefHeight(across) + GAP / 2 + preview.prefHeight(across);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        if (isWide(width)) {
            double left = Math.floor(width * SHARE);
            double right = width - left - GAP;
            options.resizeRelocate(0, 0, left, options.prefHeight(left));
            preview.resizeRelocate(left + GAP, 0, right, preview.prefHeight(right));
        } else {
            double height = options.prefHeight(width);
            options.resizeRelocate(0, 0, width, height);
            preview.resizeRelocate(0, height + GAP / 2, width, preview.prefHeight(width));
        }
    }
}
