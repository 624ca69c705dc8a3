package dev.oriel.app.asks.view;

import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/// As high as its content where there is room. Where there is less, the content first becomes as
/// low as it can be, and then scrolls.
final class AskScrollPane extends ScrollPane {
    /// The least that an area with a scroll bar of its own shows, pixels.
    static final double LEAST = 60;

    private final Region content;

    AskScrollPane(Region content) {
        super(content);
        this.content = content;
        // No wider than there is room, beside its own scroll bar too.
        content.setMinWidth(0);
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        getStyleClass().add("ask-scroll");
    }

    /// How high the content is depends on the width, which a scroll pane does not tell by itself.
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
