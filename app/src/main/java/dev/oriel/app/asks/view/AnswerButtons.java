package dev.oriel.app.asks.view;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Control;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The buttons of an ask. They are in one row if there is room; else "deny" with its reason is in
/// the first row, and "allow" at the right of the second. No button is ever cut off.
final class AnswerButtons extends VBox {
    private static final double GAP = 8;

    /// The least width of the field for the reason, pixels.
    private static final double REASON = 150;

    private final List<? extends Control> no;
    private final List<? extends Control> yes;
    private boolean wide;

    /// @param no the button that denies and, if it takes a reason, the field for it
    /// @param yes the buttons that allow, the plainest last
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

    /// Arranges the rows first, because the height depends on them.
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
