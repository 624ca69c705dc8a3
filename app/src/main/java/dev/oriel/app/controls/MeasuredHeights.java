package dev.oriel.app.controls;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// The heights that one control has at the widths that were asked for since it last changed.
///
/// In one layout pass each part around a control asks for its height, dozens of times for the same
/// two or three widths, and JavaFX breaks the text into lines each time. For a thousand letters
/// whose script has to be shaped that takes tens of milliseconds each.
final class MeasuredHeights {
    /// Widths differ in each step of a resize, and only the last ones are asked for again.
    private static final int MOST = 16;

    private final Map<Double, Double> heights = new HashMap<>();

    double of(double width, DoubleUnaryOperator measure) {
        Double known = heights.get(width);
        if (known != null) {
            return known;
        }
        double height = measure.applyAsDouble(width);
        if (heights.size() >= MOST) {
            heights.clear();
        }
        heights.put(width, height);
        return height;
    }

    /// Whenever the control asks for another layout.
    void clear() {
        heights.clear();
    }
}
