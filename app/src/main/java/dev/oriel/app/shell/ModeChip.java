package dev.oriel.app.shell;

import dev.oriel.app.controls.Controls;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// How much Claude may do without asking, under the field: shows it, and changes it.
final class ModeChip extends MenuButton {
    private static final PseudoClass BOLD = PseudoClass.getPseudoClass("bold");
    private static final PseudoClass UNASKED = PseudoClass.getPseudoClass("unasked");

    private final Choices model;
    private final Consumer<Runnable> surely;

    /// @param surely asks the person whether Claude may really run everything unasked
    ModeChip(Choices model, Consumer<Runnable> surely) {
        this.model = model;
        this.surely = surely;
        Controls.plain(this);
        setId("mode");
        getStyleClass().add("chip");
        setTooltip(Controls.tooltip("Permission mode  (Ctrl+Shift+M)"));
        model.mode().subscribe(_ -> shown());
        model.modes().subscribe(_ -> shown());
    }

    private void shown() {
        Mode now = model.mode().get();
        boolean unasked = now == Mode.BYPASS;
        setGraphic(new FontIcon(unasked ? Feather.ALERT_TRIANGLE : Feather.SHIELD));
        Controls.text(this, now.label());
        setAccessibleText("Permission mode: " + now.label() + ". " + now.meaning());
        pseudoClassStateChanged(BOLD, now != Mode.MANUAL);
        pseudoClassStateChanged(UNASKED, unasked);
        getItems().clear();
        for (Mode mode : model.modes().get()) {
            if (mode == Mode.BYPASS) {
                getItems().add(new SeparatorMenuItem());
            }
            getItems().add(item(mode, now));
        }
    }

    private RadioMenuItem item(Mode mode, Mode now) {
        RadioMenuItem item = Controls.radioMenuItem(mode.label() + "  –  " + mode.meaning());
        item.setId("mode-" + mode.wire());
        item.setSelected(mode == now);
        if (mode == Mode.BYPASS) {
            item.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
            item.getStyleClass().add("unasked");
        }
        item.setOnAction(_ -> {
            if (mode == Mode.BYPASS && now != Mode.BYPASS) {
                surely.accept(() -> model.choose(mode));
                // What it shows is what the session says, not what was clicked.
                shown();
            } else {
                model.choose(mode);
            }
        });
        return item;
    }
}
