package dev.oriel.app.access;

import dev.oriel.app.controls.Controls;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/// A control that can be greyed out with a reason. The reason is the tooltip of the place around
/// it, as a control that is greyed out hears no mouse.
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

    /// Why it cannot be used; empty where it can.
    public StringProperty reasonProperty() {
        return why;
    }
}
