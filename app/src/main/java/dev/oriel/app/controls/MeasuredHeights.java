package dev.oriel.app.controls;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import javafx.scene.control.Labeled;
import org.jspecify.annotations.Nullable;

/// The heights of one control at the widths that were requested since it last changed.
///
/// In one layout pass each node around a control requests its height, dozens of times for the same
/// two or three widths, and JavaFX breaks the text into lines each time. For a thousand letters of
/// a script that has to be shaped, that takes tens of milliseconds.
final class MeasuredHeights {
    /// Each step of a resize has other widths, and only the last ones are requested again.
    private static final int MAX_WIDTHS = 16;

    private final Map<Double, Double> heights = new HashMap<>();

    /// The preferred height of a control, which is measured once for each width.
    ///
    /// @param heights of the control; null while the constructor of its superclass runs
    /// @param width as it is passed to `computePrefHeight`
    /// @param toolkit `computePrefHeight` of the superclass
    static double prefHeight(
            @Nullable MeasuredHeights heights,
            Labeled control,
            double width,
            DoubleUnaryOperator toolkit) {
        return heights == null
                ? toolkit.applyAsDouble(width)
                : heights.of(
                        width,
                        w -> Math.max(toolkit.applyAsDouble(w), TextRuns.leastHeight(control, w)));
    }

    /// Forgets all heights, because the control is to be laid out again.
    ///
    /// @param heights of the control; null while the constructor of its superclass runs
    static void clear(@Nullable MeasuredHeights heights) {
        if (heights != null) {
            heights.heights.clear();
        }
    }

    double of(double width, DoubleUnaryOperator measure) {
        Double known = heights.get(width);
        if (known != null) {
            return known;
        }
        double height = measure.applyAsDouble(width);
        if (heights.size() >= MAX_WIDTHS) {
            heights.clear();
        }
        heights.put(width, height);
        return height;
    }
}
