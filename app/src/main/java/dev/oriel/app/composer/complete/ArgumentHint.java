package dev.oriel.app.composer.complete;

import dev.oriel.app.controls.Controls;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Shows a text area, and after its text what can follow the command that was typed.
public final class ArgumentHint extends StackPane {
    private final Label label = Controls.label();
    private final Supplier<@Nullable Bounds> end;

    /// @param hint empty for none
    /// @param end the bounds of the end of the text, in the scene; null if it is not shown
    public ArgumentHint(
            TextArea area, ObservableValue<String> hint, Supplier<@Nullable Bounds> end) {
        this.end = end;
        label.getStyleClass().add("argument-hint");
        label.setId("argument-hint");
        label.fontProperty().bind(area.fontProperty());
        label.setMouseTransparent(true);
        label.setManaged(false);
        getChildren().setAll(area, label);
        hint.subscribe(text -> {
            Controls.setLine(label, text);
            label.setVisible(!text.isEmpty());
            requestLayout();
        });
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        Bounds at = label.isVisible() ? end.get() : null;
        if (at == null) {
            return;
        }
        Point2D start = sceneToLocal(at.getMaxX(), at.getMinY());
        label.resizeRelocate(
                start.getX(),
                start.getY(),
                Math.max(0, Math.min(label.prefWidth(-1), getWidth() - start.getX() - 8)),
                at.getHeight());
    }
}
