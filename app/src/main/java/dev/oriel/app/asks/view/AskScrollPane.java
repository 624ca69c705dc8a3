package dev.oriel.app.asks.view;

import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/// A scroll pane as high as its content if there is room. If not, the content shrinks to its
/// minimum height, and then scrolls.
final class AskScrollPane extends ScrollPane {
    /// The least height of an area with its own scroll bar, pixels.
    static final double LEAST = 60;

    private final Region content;

    AskScrollPane(Region content) {
        super(content);
        this.content = content;
        // Its own scroll bar takes room too.
        content.setMinWidth(0);
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        getStyleClass().add("ask-scroll");
    }

    /// The height of the content depends on the width, which a scroll pane does not report itself.
    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        double across = width < 0 ? getWidth() : width;
        return Math.ceil(content.prefHeight(across > 0 ? across : -1));
    }

    @Override
    protected double computeMinHeight(double width) {
        return Math.min(LEAST, computePrefHeight(width));
    }
}
