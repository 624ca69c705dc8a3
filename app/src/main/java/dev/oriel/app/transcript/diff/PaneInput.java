package dev.oriel.app.transcript.diff;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.transcript.area.TranscriptArea;
import java.util.function.IntPredicate;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.model.TwoDimensional.Bias;

/// Mouse and keys of a pane: folds open and close by a click or Enter, and a menu copies.
final class PaneInput {
    private PaneInput() {}

    /// @param toggle opens or closes the fold of a paragraph, if it is one
    static void install(TranscriptArea area, IntPredicate toggle) {
        area.addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                e -> {
                    if (e.getButton() == MouseButton.PRIMARY
                            && e.isStillSincePress()
                            && area.getSelection().getLength() == 0) {
                        int at = area.hit(e.getX(), e.getY()).getInsertionIndex();
                        if (toggle.test(area.offsetToPosition(at, Bias.Backward).getMajor())) {
                            e.consume();
                        }
                    }
                });
        area.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ENTER && toggle.test(area.getCurrentParagraph())) {
                        e.consume();
                    }
                });
        MenuItem copy = Controls.menuItem("Copy");
        copy.setOnAction(_ -> area.copy());
        MenuItem all = Controls.menuItem("Select all");
        all.setOnAction(_ -> area.selectAll());
        ContextMenu menu = new ContextMenu(copy, all);
        menu.setOnShowing(_ -> copy.setDisable(area.getSelection().getLength() == 0));
        area.setContextMenu(menu);
    }
}
