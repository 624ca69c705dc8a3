package dev.oriel.testing.manual;

import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.ScrollEvent;

/// Simulates a mouse wheel.
public final class MouseWheel {
    private MouseWheel() {}

    /// Scrolls over a node. Called on the JavaFX thread.
    ///
    /// @param pixels the distance; positive scrolls up
    public static void turn(Node over, double pixels) {
        scroll(over, 0, pixels);
    }

    /// Scrolls over a node, as two fingers on a touch pad do. Called on the JavaFX thread.
    ///
    /// @param pixels the distance; positive scrolls to the left
    public static void turnSideways(Node over, double pixels) {
        scroll(over, pixels, pixels / 10);
    }

    private static void scroll(Node over, double x, double y) {
        Event.fireEvent(
                over,
                new ScrollEvent(
                        ScrollEvent.SCROLL,
                        10,
                        10,
                        10,
                        10,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        x,
                        y,
                        x,
                        y,
                        ScrollEvent.HorizontalTextScrollUnits.NONE,
                        0,
                        ScrollEvent.VerticalTextScrollUnits.NONE,
                        0,
                        0,
                        null));
    }
}
