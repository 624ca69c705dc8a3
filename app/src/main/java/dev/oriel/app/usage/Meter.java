package dev.oriel.app.usage;

import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;

/// A bar that shows a share. It is decoration: the number stands beside it as text.
final class Meter extends Region {
    private static final PseudoClass HIGH = PseudoClass.getPseudoClass("high");
    private static final PseudoClass FULL = PseudoClass.getPseudoClass("full");
    private static final double HEIGHT = 6;

    private final Region filled = new Region();
    private double share;

    Meter() {
        getStyleClass().add("usage-meter");
        filled.getStyleClass().add("filled");
        setAccessibleRole(AccessibleRole.NODE);
        getChildren().add(filled);
    }

    /// @param to 0 to 1
    void show(double to) {
        share = Math.clamp(to, 0, 1);
        pseudoClassStateChanged(HIGH, share >= 0.8 && share < 0.95);
        pseudoClassStateChanged(FULL, share >= 0.95);
        requestLayout();
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computeMinHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected void layoutChildren() {
        // A share that is not 0 is never invisible.
        double width = share <= 0 ? 0 : Math.max(2, snapSizeX(getWidth() * share));
        filled.resizeRelocate(0, 0, width, getHeight());
    }
}
