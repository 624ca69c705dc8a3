package dev.oriel.app.asks.view;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Control;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The answers in one row where there is room, else "no" with its reason in the first row and "yes"
/// at the right of the next: no answer is ever cut or pushed out of the window.
final class AnswerButtons extends VBox {
    private static final double GAP = 8;

    /// Less than that is no room for a reason, pixels.
    private static final double REASON = 150;

    private final List<? extends Control> no;
    private final List<? extends Control> yes;
    private boolean wide;

    /// @param no the button and, where a reason is heard, the field for it
    /// @param yes the buttons that let it happen, the plainest last
    AnswerButtons(List<? extends Control> no, List<? extends Control> yes) {
        super(GAP);
        this.no = no;
        this.yes = yes;
        arrange(true);
    }

    private void arrange(boolean inOneRow) {
        wide = inOneRow;
        HBox first = new HBox(GAP);
        first.setAlignment(Pos.CENTER_LEFT);
        first.getChildren().addAll(no);
        if (inOneRow) {
            if (no.size() == 1) {
                Region space = new Region();
                HBox.setHgrow(space, Priority.ALWAYS);
                first.getChildren().add(space);
            }
            first.getChildren().addAll(yes);
            getChildren().setAll(first);
        } else {
            FlowPane second = new FlowPane(GAP, GAP);
            second.setAlignment(Pos.CENTER_RIGHT);
            second.prefWrapLengthProperty().bind(widthProperty());
            second.getChildren().addAll(yes);
            getChildren().setAll(first, second);
        }
    }

    @Override
    protected double computeMinWidth(double height) {
        return no.getFirst().minWidth(-1) + (no.size() > 1 ? GAP + no.getLast().minWidth(-1) : 0);
    }

    @Override
    protected double computePrefWidth(double height) {
        return needed();
    }

    private double needed() {
        double all = no.getFirst().prefWidth(-1) + GAP + (no.size() > 1 ? REASON : 0);
        for (Region button : yes) {
            all += GAP + button.prefWidth(-1);
        }
        return all;
    }

    /// Before its width is used: how high it is depends on the rows.
    @Override
    protected double computePrefHeight(double width) {
        fit(width < 0 ? getWidth() : width);
        return super.computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        fit(getWidth());
        super.layoutChildren();
    }

    private void fit(double width) {
        boolean room = width <= 0 || needed() <= width;
        if (room != wide) {
            arrange(room);
        }
    }
}
