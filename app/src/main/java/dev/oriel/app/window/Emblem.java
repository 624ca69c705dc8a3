package dev.oriel.app.window;

import javafx.scene.Group;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;

/// Oriel's emblem: a bay window of three panes.
final class Emblem extends StackPane {
    Emblem() {
        Group panes =
                new Group(
                        pane("M0 9 L12 4 L12 40 L0 36 Z", "side"),
                        pane("M15 3 L33 3 L33 21 L15 21 Z", "middle"),
                        pane("M15 24 L33 24 L33 41 L15 41 Z", "low"),
                        pane("M36 4 L48 9 L48 36 L36 40 Z", "side"));
        getChildren().add(panes);
        getStyleClass().add("emblem");
        setMinHeight(USE_PREF_SIZE);
    }

    private static SVGPath pane(String path, String style) {
        SVGPath pane = new SVGPath();
        pane.setContent(path);
        pane.getStyleClass().add("pane-" + style);
        return pane;
    }
}
