package dev.oriel.app.shell;

import dev.oriel.app.controls.Controls;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Which model answers, under the field: shows it, and changes it. The choice is asked of the agent
/// when the menu opens.
final class ModelChip extends MenuButton {
    private final Choices model;
    private final ReadOnlyObjectProperty<Header> header;

    ModelChip(ShellViewModel model) {
        this.model = model.choices();
        this.header = model.header();
        Controls.plain(this);
        setId("model");
        getStyleClass().add("chip");
        setTooltip(Controls.tooltip("Model"));
        setGraphic(new FontIcon(Feather.CPU));
        header.subscribe(_ -> shown());
        this.model.models().subscribe(_ -> fill());
        setOnShowing(_ -> this.model.askForModels());
        fill();
    }

    private void shown() {
        Header h = header.get();
        setVisible(h.session() && !h.demo());
        setManaged(isVisible());
        String name = h.model() == null ? "Default model" : h.model();
        Controls.line(this, name);
        setAccessibleText("Model: " + name);
        fill();
    }

    private void fill() {
        String now = header.get().model();
        getItems().clear();
        for (Choices.Model m : model.models().get()) {
            RadioMenuItem item =
                    Controls.radioMenuItem(
                            m.name() + (m.about().isEmpty() ? "" : "  –  " + m.about()));
            item.setSelected(m.value().equals(now));
            item.setOnAction(_ -> model.model(m.value()));
            getItems().add(item);
        }
        if (getItems().isEmpty()) {
            MenuItem none = Controls.menuItem("The agent tells its models once it runs");
            none.setDisable(true);
            getItems().add(none);
        }
    }
}
