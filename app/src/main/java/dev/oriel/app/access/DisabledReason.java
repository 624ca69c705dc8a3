package dev.oriel.app.access;

import dev.oriel.app.controls.Controls;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/// A control that is disabled while there is a reason for it. The reason is the tooltip of the area
/// around the control, because a disabled control receives no mouse events.
public final class DisabledReason extends StackPane {
    private final StringProperty why = new SimpleStringProperty("");
    private final Tooltip reason = Controls.tooltip();
    private boolean greyed;

    public DisabledReason(Control control) {
        StackPane inner = new StackPane(control);
        getChildren().add(inner);
        managedProperty().bind(control.managedProperty());
        visibleProperty().bind(control.visibleProperty());
        Controls.bindText(reason, why);
        why.subscribe(words -> {
            boolean wanted = !words.isEmpty();
            if (wanted == greyed) {
                return;
            }
            greyed = wanted;
            inner.setDisable(wanted);
            control.setAccessibleHelp(wanted ? words : null);
            if (wanted) {
                Tooltip.install(this, reason);
            } else {
                Tooltip.uninstall(this, reason);
            }
        });
    }

    /// Why the control is disabled; empty if it is not.
    public StringProperty reasonProperty() {
        return why;
    }
}
