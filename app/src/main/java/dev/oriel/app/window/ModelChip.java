package dev.oriel.app.window;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.shell.ComposerOptions;
import dev.oriel.app.shell.PageHeader;
import dev.oriel.app.shell.ShellViewModel;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the model under the composer, and changes it. The agent is asked for its models when the
/// menu opens.
final class ModelChip extends MenuButton {
    private final ComposerOptions model;
    private final ReadOnlyObjectProperty<PageHeader> header;

    ModelChip(ShellViewModel model) {
        this.model = model.options();
        this.header = model.header();
        Controls.withoutMnemonics(this);
        setId("model");
        getStyleClass().add("chip");
        setTooltip(Controls.tooltip("Model"));
        setGraphic(new FontIcon(Feather.CPU));
        header.subscribe(_ -> update());
        this.model.models().subscribe(_ -> fill());
        setOnShowing(_ -> this.model.loadModels());
        fill();
    }

    private void update() {
        PageHeader h = header.get();
        setVisible(h.hasSession() && !h.isDemo());
        setManaged(isVisible());
        String name = h.model() == null ? "Default model" : h.model();
        Controls.setLine(this, name);
        setAccessibleText("Model: " + name);
        fill();
    }

    private void fill() {
        String now = header.get().model();
        getItems().clear();
        for (ComposerOptions.Model m : model.models().get()) {
            RadioMenuItem item =
                    Controls.radioMenuItem(
                            m.name()
                                    + (m.description().isEmpty() ? "" : "  –  " + m.description()));
            item.setSelected(m.value().equals(now));
            item.setOnAction(_ -> model.setModel(m.value()));
            getItems().add(item);
        }
        if (getItems().isEmpty()) {
            MenuItem none = Controls.menuItem("The models are listed once the agent runs");
            none.setDisable(true);
            getItems().add(none);
        }
    }
}
