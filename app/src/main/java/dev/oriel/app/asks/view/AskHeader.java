package dev.oriel.app.asks.view;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The question of an ask, and beside it the number of open asks. If the question has too little
/// room, the number is in a row of its own.
final class AskHeader extends VBox {
    private static final double GAP = 8;

    /// The least part of the width for a question of several lines.
    private static final double LEAST = 0.5;

    private final HBox first = new HBox(GAP);
    private final HBox second = new HBox(GAP);
    private final Label question;
    private final HBox waiting;
    private boolean inOneRow;

    /// @param from who asks
    /// @param waiting the number of open asks, and the button for the next
    AskHeader(Region icon, Label question, Label from, HBox waiting) {
        super(4);
        this.question = question;
        this.waiting = waiting;
        getStyleClass().add("ask-head");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        first.setAlignment(Pos.CENTER_LEFT);
        first.getChildren().addAll(icon, question, from, space);
        waiting.setAlignment(Pos.CENTER_RIGHT);
        waiting.setMinWidth(USE_PREF_SIZE);
        second.setAlignment(Pos.CENTER_RIGHT);
        arrange(true);
    }

    private void arrange(boolean oneRow) {
        inOneRow = oneRow;
        first.getChildren().remove(waiting);
        second.getChildren().remove(waiting);
        if (oneRow) {
            first.getChildren().add(waiting);
            getChildren().setAll(first);
        } else {
            second.getChildren().add(waiting);
            getChildren().setAll(first, second);
        }
    }

    /// Arranges the rows first, because the height depends on them.
    @Override
    protected double computePrefHeight(double width) {
        fit(width < 0 ? getWidth() : width);
        return super.computePrefHeight(width);
    }

    @Override
    protected double computeMinHeight(double width) {
        return prefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        fit(getWidth());
        super.layoutChildren();
    }

    private void fit(double width) {
        double others = waiting.prefWidth(-1) + 4 * GAP;
        double wanted = Math.min(question.prefWidth(-1), width * LEAST);
        boolean room = width <= 0 || wanted + others <= width;
        if (room != inOneRow) {
            arrange(room);
        }
    }
}
