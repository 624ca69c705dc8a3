package dev.oriel.app.asks.view;

import dev.oriel.app.controls.FontMeasure;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Control;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The buttons of an ask. They are in one row if there is room; else "deny" with its reason is in
/// the first row, and "allow" at the right of the second. If those do not fit into the second row,
/// the plainest joins the first, so that it does not stand alone in a third. No button is ever cut
/// off.
final class AnswerButtons extends VBox {
    private static final double GAP = 8;

    /// The least width of the field for the reason, pixels.
    private static final double REASON = 150;

    /// Room that a field leaves for the caret, pixels.
    private static final double CARET = 8;

    private final FontMeasure measure = new FontMeasure();
    private final List<? extends Control> no;
    private final List<? extends Control> yes;
    private Rows rows = Rows.ONE;

    /// Which buttons that allow are in the first row.
    private enum Rows {
        /// All.
        ONE,
        /// None.
        ALLOW_BELOW,
        /// The plainest.
        OTHERS_BELOW
    }

    /// @param no the button that denies and, if it takes a reason, the field for it
    /// @param yes the buttons that allow, the plainest last
    AnswerButtons(List<? extends Control> no, List<? extends Control> yes) {
        super(GAP);
        this.no = no;
        this.yes = yes;
        arrange(Rows.ONE);
    }

    private void arrange(Rows next) {
        rows = next;
        int above =
                switch (next) {
                    case ONE -> yes.size();
                    case ALLOW_BELOW -> 0;
                    case OTHERS_BELOW -> 1;
                };
        HBox first = new HBox(GAP);
        first.setAlignment(Pos.CENTER_LEFT);
        first.getChildren().addAll(no);
        if (above > 0 && no.size() == 1) {
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            first.getChildren().add(space);
        }
        getChildren().setAll(first);
        first.getChildren().addAll(yes.subList(yes.size() - above, yes.size()));
        if (above < yes.size()) {
            FlowPane second = new FlowPane(GAP, GAP);
            second.setAlignment(Pos.CENTER_RIGHT);
            second.prefWrapLengthProperty().bind(widthProperty());
            second.getChildren().addAll(yes.subList(0, yes.size() - above));
            getChildren().add(second);
        }
    }

    @Override
    protected double computeMinWidth(double height) {
        return no.getFirst().minWidth(-1) + (no.size() > 1 ? GAP + no.getLast().minWidth(-1) : 0);
    }

    @Override
    protected double computePrefWidth(double height) {
        return deny() + GAP + width(yes);
    }

    /// The width of what denies.
    private double deny() {
        return no.getFirst().prefWidth(-1) + (no.size() > 1 ? GAP + reason(no.getLast()) : 0);
    }

    /// The width in which the field for the reason shows what it is for.
    private double reason(Control field) {
        double prompt =
                field instanceof TextField text
                        ? measure.width(text.getPromptText(), text.getFont())
                                + text.snappedLeftInset()
                                + text.snappedRightInset()
                                + CARET
                        : 0;
        return Math.max(REASON, prompt);
    }

    private static double width(List<? extends Control> row) {
        return row.stream().mapToDouble(c -> c.prefWidth(-1) + GAP).sum() - GAP;
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
        Rows next = rowsAt(width);
        if (next != rows) {
            arrange(next);
        }
    }

    private Rows rowsAt(double width) {
        if (width <= 0 || computePrefWidth(-1) <= width) {
            return Rows.ONE;
        }
        boolean joins = deny() + GAP + yes.getLast().prefWidth(-1) <= width;
        return width(yes) > width && joins ? Rows.OTHERS_BELOW : Rows.ALLOW_BELOW;
    }
}
