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
                        0,
                        pixels,
                        0,
                        pixels,
                        ScrollEvent.HorizontalTextScrollUnits.NONE,
                        0,
                        ScrollEvent.VerticalTextScrollUnits.NONE,
                        0,
                        0,
                        null));
    }
}
